package io.keelson.infra.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.FeatureLevelRecord;
import org.apache.kafka.metadata.util.BatchFileWriter;
import org.apache.kafka.server.common.ApiMessageAndVersion;
import org.apache.kafka.server.common.MetadataVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real brokers and real kills, in one directory; no broker runs when a test begins. */
@Timeout(600)
class EmbeddedKafkaTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  @TempDir static Path shared;

  private final List<EmbeddedKafka> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(EmbeddedKafka::stop);
  }

  @Test
  void finds_its_records_and_its_port_again() throws Exception {
    EmbeddedKafka first = start(shared, 0);
    try (Records records = new Records(first, "found")) {
      records.create();
      records.append("one");
    }
    first.stop();

    EmbeddedKafka second = start(shared, 0);

    assertThat(second.bootstrapServers()).isEqualTo(first.bootstrapServers());
    try (Records records = new Records(second, "found")) {
      assertThat(records.all(1)).containsExactly("one");
    }
  }

  @Test
  void accepts_a_record_of_the_maximum_size_from_a_client_that_started_first() throws Exception {
    try (Records records = new Records(start(shared, 0), "large")) {
      records.create();
      String large = "x".repeat(15 * 1024 * 1024);
      records.append(large);

      assertThat(records.all(1)).containsExactly(large);
    }
  }

  @Test
  void keeps_every_acknowledged_record_when_its_program_is_killed(@TempDir Path outputs)
      throws Exception {
    List<String> acknowledged = new ArrayList<>();
    for (int kill = 0; kill < 2; kill++) {
      acknowledged.addAll(
          KilledKafkaRun.untilSomeAreAcknowledged(shared, outputs.resolve(kill + ".out")));
    }

    try (Records records = new Records(start(shared, 0), KilledKafkaRun.TOPIC)) {
      assertThat(records.all(acknowledged.size())).containsAll(acknowledged);
    }
  }

  /** If the test stands still at a moment, the kill simply comes later. */
  @Test
  void survives_a_kill_in_the_middle_of_its_first_start(@TempDir Path fresh) throws Exception {
    for (String moment :
        List.of("kafka.new", "kafka", "kafka/__cluster_metadata-0", "kafka.cluster")) {
      Process run = KilledKafkaRun.begin(fresh, fresh.resolve("run.out"));
      await()
          .atMost(TIMEOUT)
          .pollInterval(Duration.ofMillis(1))
          .until(
              () ->
                  Files.exists(fresh.resolve(moment))
                      || Files.exists(fresh.resolve("kafka.cluster")));
      run.destroyForcibly().onExit().join();
    }

    try (Records records = new Records(start(fresh, 0), "late")) {
      records.create();
      records.append("one");
      assertThat(records.all(1)).containsExactly("one");
    }
  }

  @Test
  void makes_a_new_log_in_place_of_one_that_was_never_finished(@TempDir Path fresh)
      throws Exception {
    Files.createDirectory(fresh.resolve("kafka"));
    Files.writeString(
        Files.createDirectory(fresh.resolve("kafka.new")).resolve("meta.properties"), "vers");

    start(fresh, 0).awaitUp(TIMEOUT);

    assertThat(fresh.resolve("kafka.new")).doesNotExist();
  }

  @Test
  void is_refused_when_the_port_is_taken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start(shared, taken.getLocalPort()))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining(Integer.toString(taken.getLocalPort()))
          .hasMessageContaining("KEELSON_KAFKA_PORT");
    }
  }

  @Test
  void is_refused_over_the_log_of_another_cluster() throws Exception {
    start(shared, 0).stop();
    Path meta = shared.resolve("kafka/meta.properties");
    String ours = Files.readString(meta);
    String other = Uuid.randomUuid().toString();
    Files.writeString(meta, ours.replaceFirst("cluster.id=.*", "cluster.id=" + other));
    try {
      assertThatThrownBy(() -> start(shared, 0))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining(other)
          .hasMessageContaining("KEELSON_DATA_DIR");
    } finally {
      Files.writeString(meta, ours);
    }
  }

  @Test
  void is_refused_over_the_log_of_a_newer_version() throws Exception {
    start(shared, 0).stop();
    Path bootstrap = shared.resolve("kafka/bootstrap.checkpoint");
    byte[] ours = Files.readAllBytes(bootstrap);
    Files.delete(bootstrap);
    try (BatchFileWriter writer = BatchFileWriter.open(bootstrap)) {
      writer.append(
          new ApiMessageAndVersion(
              new FeatureLevelRecord()
                  .setName(MetadataVersion.FEATURE_NAME)
                  .setFeatureLevel((short) 999),
              (short) 0));
    }
    try {
      assertThatThrownBy(() -> start(shared, 0))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("999")
          .hasMessageContaining("newer");
    } finally {
      Files.write(bootstrap, ours);
    }
  }

  @Test
  void is_refused_without_the_log_that_was_there_before(@TempDir Path fresh) throws Exception {
    start(fresh, 0).stop();
    Files.move(fresh.resolve("kafka"), fresh.resolve("away"));

    assertThatThrownBy(() -> start(fresh, 0))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("kafka.cluster");
    assertThat(fresh.resolve("kafka")).doesNotExist();
  }

  @Test
  void is_refused_over_another_directory_and_changes_nothing(@TempDir Path fresh) throws Exception {
    Path precious =
        Files.writeString(Files.createDirectory(fresh.resolve("kafka")).resolve("notes"), "mine");

    assertThatThrownBy(() -> start(fresh, 0))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("is not the log of a Kafka broker");
    assertThat(precious).hasContent("mine");
  }

  @Test
  void stops_at_once_although_a_client_is_busy() throws Exception {
    EmbeddedKafka kafka = start(shared, 0);
    try (Records records = new Records(kafka, "busy")) {
      records.create();
      records.append("first");
      for (int i = 0; i < 1000; i++) {
        var _ = records.send("more");
      }
      long before = System.nanoTime();
      kafka.stop();

      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .as("much shorter than a client may wait, on a busy machine too")
          .isLessThan(Duration.ofSeconds(30));
      try (ServerSocket free =
          new ServerSocket(portOf(kafka), 1, InetAddress.getLoopbackAddress())) {
        assertThat(free.isBound()).isTrue();
      }
    }
  }

  private EmbeddedKafka start(Path directory, int port) throws InterruptedException {
    EmbeddedKafka kafka = EmbeddedKafka.start(directory, port);
    started.add(kafka);
    kafka.awaitUp(TIMEOUT);
    return kafka;
  }

  private static int portOf(EmbeddedKafka kafka) {
    return Integer.parseInt(kafka.bootstrapServers().replaceFirst(".*:", ""));
  }
}
