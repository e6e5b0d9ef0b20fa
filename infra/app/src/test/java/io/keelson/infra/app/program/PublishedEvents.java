package io.keelson.infra.app.program;

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

/** Reads the topic {@code keelson.events} from its beginning, as another service does. */
final class PublishedEvents implements AutoCloseable {

  private static final String TOPIC = "keelson.events";
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

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
        .atMost(TIMEOUT)
        .ignoreExceptions()
        .until(() -> !consumer.partitionsFor(TOPIC, Duration.ofSeconds(5)).isEmpty());
    List<TopicPartition> partitions =
        consumer.partitionsFor(TOPIC).stream()
            .map(partition -> new TopicPartition(TOPIC, partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** The number of records, and how many of them were duplicates. */
  record Count(int records, int repeated) {}

  /**
   * Reads until every public event that the API lists has arrived. Checks that no other event
   * arrived, and that the first deliveries of each key are in the order of the log.
   */
  Count checkedAgainst(Api api) throws IOException, InterruptedException {
    Set<String> listed = listed(api);
    await()
        .atMost(TIMEOUT)
        .pollDelay(Duration.ZERO)
        .until(
            () -> {
              consumer.poll(Duration.ofMillis(200)).forEach(this::take);
              return ids.containsAll(listed);
            });
    // An event that happens during the test may be published before the API lists it.
    await()
        .atMost(TIMEOUT)
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
      Api.Response response = api.get("/keelson/v1/events?limit=1000" + cursor);
      assertThat(response.status()).as(() -> response.body().toString()).isEqualTo(200);
      JsonNode page = response.body();
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
