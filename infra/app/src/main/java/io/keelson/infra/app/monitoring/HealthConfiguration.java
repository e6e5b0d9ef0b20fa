package io.keelson.infra.app.monitoring;

import io.keelson.infra.app.processor.Processors;
import io.keelson.infra.eventstore.Tail;
import io.keelson.infra.eventstore.TailHealth;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What readiness checks in addition to the database: whether events still reach their processors.
 */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {

  @Bean
  HealthIndicator tailHealthIndicator(Tail tail) {
    return () -> {
      TailHealth health = tail.health();
      Health.Builder result = health.moves() ? Health.up() : Health.down();
      if (health.lastError() != null) {
        result.withDetail("error", health.lastError());
      }
      return result.withDetail("decided", health.decided()).withDetail("lag", health.lag()).build();
    };
  }

  /** A processor that stopped before an unknown event is healthy: newer instances do its work. */
  @Bean
  HealthIndicator processorsHealthIndicator(Processors processors) {
    return () -> {
      Health.Builder result = processors.healthy() ? Health.up() : Health.down();
      processors
          .stopPositions()
          .forEach((name, position) -> result.withDetail(name, "stopped before " + position));
      return result.build();
    };
  }
}
