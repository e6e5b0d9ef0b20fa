package io.keelson.infra.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;

/** The topic {@code keelson.events} as another service reads it, from its beginning on. */
final class PublishedEvents implements AutoCloseable {

  private static final String TOPIC = "keelson.events";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final KafkaConsumer<String, byte[]> consumer;
  private final Set<String> ids = new HashSet<>();
  private final Map<String, String> lastOfKey = new HashMap<>();
  private final List<String> disorder = new ArrayList<>();
  private int records;

  PublishedEvents(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> !consumer.partitionsFor(TOPIC, Duration.ofSeconds(5)).isEmpty());
    List<TopicPartition> partitions =
        consumer.partitionsFor(TOPIC).stream()
            .map(partition -> new TopicPartition(TOPIC, partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** How many records there were, and how many of them had come before. */
  record Count(int records, int repeated) {}

  /**
   * Reads until every public event that the API lists has come, and checks that nothing else did,
   * and that the first deliveries of each key are in the order of the log.
   */
  Count checkedAgainst(Api api) throws IOException, InterruptedException {
    Set<String> listed = listed(api);
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .until(
            () -> {
              consumer.poll(Duration.ofMillis(200)).forEach(this::take);
              return ids.containsAll(listed);
            });
    // What has happened meanwhile may have been published too, and before it is listed.
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .untilAsserted(() -> assertThat(listed(api)).as("what the API lists").containsAll(ids));
    assertThat(disorder).as("first deliveries out of order within a key").isEmpty();
    return new Count(records, records - ids.size());
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    records++;
    if (ids.add(header(record, "ce_id"))) {
      String sequence = header(record, "ce_sequence");
      String before = lastOfKey.put(record.key(), sequence);
      if (before != null && before.compareTo(sequence) >= 0) {
        disorder.add(record.key() + ": " + before + " before " + sequence);
      }
    }
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static Set<String> listed(Api api) throws IOException, InterruptedException {
    Set<String> listed = new HashSet<>();
    String cursor = "";
    while (true) {
      Api.Answer answer = api.get("/keelson/v1/events?limit=1000" + cursor);
      assertThat(answer.status()).as(() -> answer.body().toString()).isEqualTo(200);
      JsonNode page = answer.body();
      for (JsonNode event : page.path("items")) {
        if (event.path("public").asBoolean()) {
          assertThat(listed.add(event.path("id").asString())).as("listed once: %s", event).isTrue();
        }
      }
      if (page.path("next_cursor").isNull()) {
        return listed;
      }
      cursor = "&cursor=" + page.path("next_cursor").asString();
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
