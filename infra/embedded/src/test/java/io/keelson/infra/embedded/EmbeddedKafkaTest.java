package io.keelson.infra.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real brokers, in one directory that every test finds stopped. */
@Timeout(120)
class EmbeddedKafkaTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir static Path shared;

  private final List<EmbeddedKafka> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(EmbeddedKafka::stop);
  }

  @Test
  void finds_its_records_and_its_port_again() throws Exception {
    EmbeddedKafka first = start(0);
    try (Records records = new Records(first, "found")) {
      records.create();
      records.append("one");
    }
    long before = System.nanoTime();
    first.stop();
    System.out.println("stop " + Duration.ofNanos(System.nanoTime() - before));

    before = System.nanoTime();
    EmbeddedKafka second = start(0);
    System.out.println("start " + Duration.ofNanos(System.nanoTime() - before));

    assertThat(second.bootstrapServers()).isEqualTo(first.bootstrapServers());
    try (Records records = new Records(second, "found")) {
      assertThat(records.all(1)).containsExactly("one");
    }
  }

  private EmbeddedKafka start(int port) throws InterruptedException {
    EmbeddedKafka kafka = EmbeddedKafka.start(shared, port);
    started.add(kafka);
    assertThat(kafka.awaitUp(PATIENCE)).isTrue();
    return kafka;
  }
}
