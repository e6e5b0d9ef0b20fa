package io.keelson.infra.app.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.kafka.KafkaAccess;
import io.keelson.infra.app.kafka.KafkaConfiguration.IntakeSettings;
import io.keelson.infra.app.kafka.KafkaConfiguration.KafkaSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class KafkaConfigurationTest {

  private static <T> T bound(String prefix, Class<T> type, Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(prefix, type);
  }

  private static KafkaAccess access(Map<String, String> properties) {
    return new KafkaConfiguration()
        .kafkaAccess(bound("spring.kafka", KafkaSettings.class, properties));
  }

  @Test
  void takes_the_way_to_kafka_from_spring_boots_settings() {
    assertThat(
            access(
                Map.of(
                    "spring.kafka.bootstrap-servers", "one:9092,two:9092",
                    "spring.kafka.security.protocol", "SASL_SSL",
                    "spring.kafka.properties.sasl.mechanism", "SCRAM-SHA-512",
                    "spring.kafka.properties.sasl.jaas.config", "secret")))
        .isEqualTo(
            new KafkaAccess(
                "one:9092,two:9092",
                Map.of(
                    "security.protocol", "SASL_SSL",
                    "sasl.mechanism", "SCRAM-SHA-512",
                    "sasl.jaas.config", "secret")));
  }

  @Test
  void needs_no_more_than_an_address() {
    assertThat(access(Map.of("spring.kafka.bootstrap-servers", "one:9092")))
        .isEqualTo(new KafkaAccess("one:9092", Map.of()));
  }

  @Test
  void reads_which_events_a_producer_may_send() {
    IntakeSettings settings =
        bound(
            "keelson.intake",
            IntakeSettings.class,
            Map.of(
                "keelson.intake.local", "false",
                "keelson.intake.producers.monitor.sources", "/monitor/*,/probe",
                "keelson.intake.producers.monitor.types[0]", "io.keelson.node.*"));

    assertThat(settings.enabled()).isTrue();
    assertThat(settings.local()).isFalse();
    assertThat(settings.producers())
        .containsOnly(
            Map.entry(
                "monitor",
                new IntakeSettings.ProducerSettings(
                    List.of("/monitor/*", "/probe"), List.of("io.keelson.node.*"), List.of())));
  }
}
