package io.keelson.infra.app.kafka;

import io.keelson.adapters.kafka.IntakeRules;
import io.keelson.adapters.kafka.IntakeRules.Allowance;
import io.keelson.adapters.kafka.KafkaAccess;
import io.keelson.adapters.kafka.KafkaBus;
import io.keelson.adapters.kafka.KafkaIntake;
import io.keelson.adapters.kafka.KafkaPublisher;
import io.keelson.adapters.kafka.Topics;
import io.keelson.commands.JointCommands;
import io.keelson.projections.status.KnownNodes;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The Kafka clients, present only where a broker is configured. The settings have the names that
 * Spring Boot gives them; its own Kafka libraries are not used.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("spring.kafka.bootstrap-servers")
@EnableConfigurationProperties({
  KafkaConfiguration.KafkaSettings.class,
  KafkaConfiguration.IntakeSettings.class,
  KafkaConfiguration.EventSettings.class
})
class KafkaConfiguration {

  /**
   * The connection to Kafka.
   *
   * @param bootstrapServers {@code host:port}, several separated by commas
   * @param properties of all clients, with the names that Kafka gives them
   */
  @ConfigurationProperties("spring.kafka")
  record KafkaSettings(
      String bootstrapServers,
      @DefaultValue Map<String, String> properties,
      @DefaultValue SecuritySettings security) {

    record SecuritySettings(@Nullable String protocol) {}
  }

  /**
   * Which events of other services are accepted.
   *
   * @param enabled whether any are
   * @param local whether the topic {@code keelson.intake} of one trusted producer is read
   * @param producers by the last part of the name of their topic
   */
  @ConfigurationProperties("keelson.intake")
  record IntakeSettings(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("true") boolean local,
      @DefaultValue Map<String, ProducerSettings> producers) {

    record ProducerSettings(
        @DefaultValue List<String> sources,
        @DefaultValue List<String> types,
        @DefaultValue List<String> organizations) {}
  }

  /**
   * How events are published.
   *
   * @param schemas the base URL of the schemas of events
   */
  @ConfigurationProperties("keelson.events")
  record EventSettings(URI schemas) {}

  @Bean
  KafkaAccess kafkaAccess(KafkaSettings settings) {
    Map<String, String> properties = new TreeMap<>(settings.properties());
    if (settings.security().protocol() != null) {
      properties.put("security.protocol", settings.security().protocol());
    }
    return new KafkaAccess(settings.bootstrapServers(), properties);
  }

  @Bean
  Topics topics(KafkaAccess access) {
    return new Topics(access);
  }

  /** Started and stopped as a follower of the log. */
  @Bean
  KafkaPublisher kafkaPublisher(
      KafkaAccess access, Topics topics, DataSource dataSource, EventSettings events, Clock clock) {
    return new KafkaPublisher(access, topics, dataSource, events.schemas(), clock);
  }

  @Bean
  KafkaIntake kafkaIntake(
      KafkaAccess access,
      JointCommands commands,
      KnownNodes nodes,
      DataSource dataSource,
      IntakeSettings settings,
      Clock clock) {
    Map<String, Allowance> producers =
        settings.producers().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry ->
                        new Allowance(
                            entry.getValue().sources(),
                            entry.getValue().types(),
                            entry.getValue().organizations())));
    return new KafkaIntake(
        access, commands, nodes, dataSource, new IntakeRules(settings.local(), producers), clock);
  }

  @Bean
  KafkaBusLifecycle kafkaBus(
      Topics topics, KafkaIntake intake, IntakeSettings settings, Clock clock) {
    KafkaBus bus =
        new KafkaBus(topics, settings.local(), settings.enabled() ? intake : null, clock);
    return new KafkaBusLifecycle(bus);
  }

  /** Reports what waits for Kafka. It is not part of readiness, since requests need no Kafka. */
  @Bean
  HealthIndicator kafkaHealthIndicator(KafkaPublisher publisher, KafkaIntake intake) {
    return () -> {
      KafkaPublisher.Health out = publisher.health();
      KafkaIntake.Health in = intake.health();
      Health.Builder result =
          out.since() == null && in.since() == null ? Health.up() : Health.unknown();
      result.withDetail("published", out.published());
      if (out.since() != null) {
        result.withDetail("out_since", out.since()).withDetail("out", String.valueOf(out.reason()));
      }
      if (in.since() != null) {
        result.withDetail("in_since", in.since()).withDetail("in", String.valueOf(in.reason()));
      }
      return result.build();
    };
  }
}
