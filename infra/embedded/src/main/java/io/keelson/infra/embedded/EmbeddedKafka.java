package io.keelson.infra.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real Kafka of one node in this JVM. */
public final class EmbeddedKafka {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

  private final KafkaData data;
  private final ServerPort port;
  private final CountDownLatch up = new CountDownLatch(1);
  private @Nullable KafkaRaftServer server;

  private EmbeddedKafka(Path directory, int port) throws IOException {
    this.data = new KafkaData(directory);
    this.port = ServerPort.ofKafka(directory, port);
  }

  public static EmbeddedKafka start(Path directory, int port) {
    try {
      EmbeddedKafka kafka =
          new EmbeddedKafka(Files.createDirectories(directory).toRealPath(), port);
      kafka.port.claim();
      Thread thread = new Thread(new BrokerThreads(), kafka::run, "embedded-kafka");
      thread.setDaemon(true);
      thread.start();
      return kafka;
    } catch (IOException e) {
      throw new StartRefused("the embedded Kafka cannot be started: " + e.getMessage(), e);
    }
  }

  private void run() {
    try {
      if (!data.isMade()) {
        data.make();
      }
      server =
          new KafkaRaftServer(
              new KafkaConfig(KafkaSettings.of(data.path(), port.number(), ServerPort.free())),
              Time.SYSTEM);
      server.startup();
      up.countDown();
    } catch (Throwable e) {
      LOG.error("The embedded Kafka cannot be started", e);
    }
  }

  /** Where clients find it, from the first moment on: they wait for it by themselves. */
  public String bootstrapServers() {
    return ServerPort.HOST + ":" + port.number();
  }

  /** Whether it takes requests within this time. */
  public boolean awaitUp(Duration patience) throws InterruptedException {
    return up.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  public void stop() {
    if (server != null) {
      server.shutdown();
    }
  }
}
