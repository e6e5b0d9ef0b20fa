package io.keelson.infra.app;

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
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The bus, where there is one. Its settings have the names that Spring Boot gives them, without the
 * libraries that it would bring for them.
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
   * The way to Kafka.
   *
   * @param bootstrapServers {@code host:port}, several separated by commas
   * @param properties of every client, under Kafka's names
   */
  @ConfigurationProperties("spring.kafka")
  record KafkaSettings(
      String bootstrapServers,
      @DefaultValue Map<String, String> properties,
      @DefaultValue SecuritySettings security) {

    record SecuritySettings(@Nullable String protocol) {}
  }

  /**
   * What may come in.
   *
   * @param enabled whether anything may
   * @param local whether {@code keelson.intake} is read, to which one trusted producer writes
   * @param producers by the names that end their topics
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
   * What goes out.
   *
   * @param schemas where the schemas of events are published
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

  /** Stopped by whoever lets it follow the log. */
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
  SmartLifecycle kafkaBus(Topics topics, KafkaIntake intake, IntakeSettings settings, Clock clock) {
    KafkaBus bus =
        new KafkaBus(topics, settings.local(), settings.enabled() ? intake : null, clock);
    return new SmartLifecycle() {
      private volatile boolean running;

      @Override
      public void start() {
        bus.start();
        running = true;
      }

      @Override
      public void stop() {
        running = false;
        bus.stop();
      }

      @Override
      public boolean isRunning() {
        return running;
      }

      // After the engine has started, and before it stops: what comes in is events next.
      @Override
      public int getPhase() {
        return 1;
      }
    };
  }

  /** Says what waits; nobody is unready for it, as requests need no Kafka. */
  @Bean
  HealthIndicator kafkaHealthIndicator(KafkaPublisher publisher, KafkaIntake intake) {
    return () -> {
      KafkaPublisher.Health out = publisher.health();
      KafkaIntake.Health in = intake.health();
      Health.Builder answer =
          out.since() == null && in.since() == null ? Health.up() : Health.unknown();
      answer.withDetail("published", out.published());
      if (out.since() != null) {
        answer.withDetail("out_since", out.since()).withDetail("out", String.valueOf(out.reason()));
      }
      if (in.since() != null) {
        answer.withDetail("in_since", in.since()).withDetail("in", String.valueOf(in.reason()));
      }
      return answer.build();
    };
  }
}
