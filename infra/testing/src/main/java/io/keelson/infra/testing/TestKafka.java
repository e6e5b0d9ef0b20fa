package io.keelson.infra.testing;

import io.keelson.infra.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.utils.AppInfoParser;
import org.springframework.util.FileSystemUtils;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * One Kafka for the whole test JVM: a container where a container engine runs, else the embedded
 * one. All tests share its topics, and no topic is made automatically: each test uses names of its
 * own.
 */
public final class TestKafka {

  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

  private TestKafka() {}

  /** The address; the broker accepts requests. */
  public static String bootstrapServers() {
    return Server.ADDRESS;
  }

  private static final class Server {

    static final String ADDRESS = start();

    private static String start() {
      if (DockerClientFactory.instance().isDockerAvailable()) {
        KafkaContainer container =
            new KafkaContainer("apache/kafka:" + AppInfoParser.getVersion())
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_MESSAGE_MAX_BYTES", "16777216")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
        container.start();
        return container.getBootstrapServers();
      }
      try {
        Path directory = Files.createTempDirectory("test-kafka");
        EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(kafka, directory)));
        kafka.awaitUp(START_TIMEOUT);
        return kafka.bootstrapServers();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the start of Kafka was interrupted", e);
      }
    }

    private static void end(EmbeddedKafka kafka, Path directory) {
      kafka.stop();
      FileSystemUtils.deleteRecursively(directory.toFile());
    }
  }
}
