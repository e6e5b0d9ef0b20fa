package io.keelson.infra.app;

import io.keelson.infra.eventstore.tail.Tail;
import io.keelson.infra.eventstore.tail.TailHealth;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What readiness knows beside the database: whether events still reach those who wait for them. */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {

  @Bean
  HealthIndicator tailHealthIndicator(Tail tail) {
    return () -> {
      TailHealth health = tail.health();
      Health.Builder answer = health.moves() ? Health.up() : Health.down();
      if (health.lastError() != null) {
        answer.withDetail("error", health.lastError());
      }
      return answer.withDetail("decided", health.decided()).withDetail("lag", health.lag()).build();
    };
  }

  /** One that stands before an event it does not know is well: newer instances do its work. */
  @Bean
  HealthIndicator processorsHealthIndicator(Processors processors) {
    return () -> {
      Health.Builder answer = processors.healthy() ? Health.up() : Health.down();
      processors
          .standstills()
          .forEach((name, standstill) -> answer.withDetail(name, "stands before " + standstill));
      return answer.build();
    };
  }
}
