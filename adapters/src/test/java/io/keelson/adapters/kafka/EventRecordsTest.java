package io.keelson.adapters.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.log.LogEntry;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other services find: released, so a changed line here is a mistake. */
class EventRecordsTest {

  private static final UUID POOL = new UUID(4, 1);
  private static final UUID ORGANIZATION = new UUID(9, 1);

  private final EventRecords records =
      new EventRecords("keelson.events", URI.create("https://keelson.example/schemas"));

  private Map<String, String> headers(LogEntry entry) {
    Map<String, String> headers = new TreeMap<>();
    records
        .of(entry, "fr-par")
        .headers()
        .forEach(h -> assertThat(headers.put(h.key(), new String(h.value(), UTF_8))).isNull());
    return headers;
  }

  @Test
  void an_event_is_a_cloud_event_in_binary_mode() {
    Map<String, Object> metadata = new HashMap<>(Entries.METADATA);
    metadata.put("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    LogEntry entry = Entries.with(Entries.at(1_234_567), metadata);

    ProducerRecord<String, byte[]> record = records.of(entry, "fr-par");

    assertThat(record.topic()).isEqualTo("keelson.events");
    assertThat(record.key()).isEqualTo("00000000-0000-0003-0000-000000000002");
    assertThat(record.value()).isSameAs(entry.data());
    assertThat(record.partition()).isNull();
    assertThat(record.timestamp()).isNull();
    assertThat(headers(entry))
        .containsExactlyEntriesOf(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("ce_specversion", "1.0"),
                    Map.entry("ce_id", Entries.id(1_234_567).toString()),
                    Map.entry("ce_source", "/keelson/fr-par"),
                    Map.entry("ce_type", "io.keelson.cluster.control-plane-observed"),
                    Map.entry("ce_subject", "00000000-0000-0003-0000-000000000002"),
                    Map.entry("ce_time", "2026-07-17T16:10:06.300254Z"),
                    Map.entry(
                        "ce_dataschema",
                        "https://keelson.example/schemas/cluster.control-plane-observed/1.json"),
                    Map.entry("ce_correlationid", "00000000-0000-0000-0000-00000000000c"),
                    Map.entry("ce_causationid", "00000000-0000-0000-0000-00000000000d"),
                    Map.entry("ce_recordedtime", "2026-07-17T16:10:06.307254Z"),
                    Map.entry("ce_authtype", "api_key"),
                    Map.entry("ce_authid", "key:SCWAAAAAAAAAAAAAAAAA"),
                    Map.entry("ce_sequence", "00000000000001234567"),
                    Map.entry("ce_partitionkey", "00000000-0000-0003-0000-000000000002"),
                    Map.entry(
                        "ce_traceparent",
                        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
                    Map.entry("content-type", "application/json"))));
  }

  @Test
  void what_is_not_known_is_not_said() {
    assertThat(headers(Entries.at(1)))
        .doesNotContainKeys("ce_traceparent", "ce_actor", "ce_operationid");
  }

  @Test
  void the_order_of_sequences_as_text_is_that_of_the_log() {
    assertThat(headers(Entries.at(9)).get("ce_sequence"))
        .isLessThan(headers(Entries.at(10)).get("ce_sequence"));
    assertThat(headers(Entries.at(99)).get("ce_sequence"))
        .isLessThan(headers(Entries.at(1_000_000_000_000L)).get("ce_sequence"));
  }

  @ParameterizedTest
  @CsvSource({
    "SCWAAAAAAAAAAAAAAAAA, key:SCWAAAAAAAAAAAAAAAAA, api_key",
    "user:42, user:42, user",
    "producer:local, producer:local, service_account",
    "rule:end-of-support, rule:end-of-support, system",
    "timer:7, timer:7, system",
    "system:catalogue, timer:catalogue, system"
  })
  void the_initiator_is_of_a_kind_that_cloud_events_knows(
      String initiator, String id, String kind) {
    assertThat(headers(Entries.with(Entries.at(1), of(Map.of("initiator", initiator)))))
        .containsEntry("ce_authid", id)
        .containsEntry("ce_authtype", kind)
        .doesNotContainKey("ce_actor");
  }

  private static Map<String, Object> of(Map<String, String> more) {
    Map<String, Object> metadata = new HashMap<>(Entries.METADATA);
    metadata.putAll(more);
    return metadata;
  }

  @Test
  void a_part_of_keelson_that_acts_for_an_initiator_is_the_actor() {
    assertThat(headers(Entries.with(Entries.at(1), of(Map.of("principal", "system:processes")))))
        .containsEntry("ce_authid", "key:SCWAAAAAAAAAAAAAAAAA")
        .containsEntry("ce_authtype", "api_key")
        .containsEntry("ce_actor", "system:processes");
  }

  @Test
  void an_event_names_the_run_that_it_belongs_to() {
    UUID run = new UUID(6, 1);
    UUID other = new UUID(6, 2);
    Map<String, Object> onBehalf = of(Map.of("operation_id", run.toString()));
    String named = "{\"operation\":\"%s\"}".formatted(run);

    assertThat(headers(Entries.entry(1, "operation.started", run, Entries.cluster(1), "{}")))
        .containsEntry("ce_operationid", run.toString());
    assertThat(headers(Entries.at(1, named))).containsEntry("ce_operationid", run.toString());
    assertThat(headers(Entries.with(Entries.at(1), onBehalf)))
        .containsEntry("ce_operationid", run.toString());
    assertThat(
            headers(
                Entries.with(
                    Entries.at(1, named.replace(run.toString(), other.toString())), onBehalf)))
        .as("its own run, though another one caused it")
        .containsEntry("ce_operationid", other.toString());
    assertThat(headers(Entries.at(1, "{\"operation\":\"DeleteCluster\"}")))
        .doesNotContainKey("ce_operationid");
  }

  @Test
  void a_pool_is_the_subject_of_its_events_though_it_lives_with_its_cluster() {
    LogEntry entry =
        Entries.entry(
            1,
            "pool.creation-finished",
            Entries.cluster(1).value(),
            Entries.cluster(1),
            "{\"cluster_id\":\"%s\",\"pool\":\"%s\"}".formatted(Entries.cluster(1), POOL));

    assertThat(headers(entry)).containsEntry("ce_subject", POOL.toString());
    assertThat(records.of(entry, "fr-par").key()).isEqualTo(Entries.cluster(1).toString());
  }

  @Test
  void a_call_is_about_its_cluster_or_else_about_its_organization() {
    String data = "{\"organization\":\"%s\"}".formatted(ORGANIZATION);
    LogEntry about = Entries.entry(1, "call.secret-read", new UUID(1, 1), Entries.cluster(1), data);
    LogEntry other = Entries.entry(2, "call.refused", new UUID(1, 2), null, data);

    assertThat(headers(about)).containsEntry("ce_subject", Entries.cluster(1).toString());
    assertThat(headers(other)).containsEntry("ce_subject", ORGANIZATION.toString());
    assertThat(records.of(other, "global").key()).isEqualTo(ORGANIZATION.toString());
  }

  @Test
  void what_has_no_cluster_is_keyed_by_itself() {
    UUID release = new UUID(8, 1);
    ProducerRecord<String, byte[]> record =
        records.of(Entries.entry(1, "release.published", release, null, "{}"), "global");

    assertThat(record.key()).isEqualTo(release.toString());
  }

  @Test
  void an_event_from_a_newer_program_is_passed_on_all_the_same() {
    LogEntry entry = Entries.entry(1, "volume.attached", new UUID(7, 1), Entries.cluster(1), "[1]");

    assertThat(headers(entry))
        .containsEntry("ce_type", "io.keelson.volume.attached")
        .containsEntry("ce_subject", new UUID(7, 1).toString());
  }
}
