package io.keelson.infra.embedded;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka of one node in this JVM, its data below one directory, reached over loopback. It
 * must never lose a record that it has acknowledged, and never take the program down with it.
 *
 * <p>Its address is known at once, while it comes up beside the caller: clients wait for it by
 * themselves, and nothing else does. When it cannot start or go on, because its disk is full, say,
 * it says so once and tries again until it can.
 */
public final class EmbeddedKafka {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration START_PATIENCE = Duration.ofMinutes(2); // it may read all records
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

  private final KafkaData data;
  private final ServerPort port;
  private final CompletableFuture<@Nullable Void> up = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
  private volatile String complaint = "";

  private EmbeddedKafka(Path directory, int port) throws IOException {
    this.data = new KafkaData(directory);
    this.port = ServerPort.ofKafka(directory, port);
  }

  /**
   * Lets the broker come up, and does not wait for it.
   *
   * @param directory where the data is, made if missing; the caller sees to it that nobody else
   *     uses it
   * @param port where it listens; 0: any free port, the same again at the next start if it can be
   * @throws StartRefused when the person who starts the program has to change something
   */
  public static EmbeddedKafka start(Path directory, int port) {
    try {
      EmbeddedKafka kafka =
          new EmbeddedKafka(Files.createDirectories(directory).toRealPath(), port);
      kafka.data.check();
      kafka.port.claim();
      Thread.ofPlatform().daemon().name("embedded-kafka-watch").start(kafka::live);
      return kafka;
    } catch (FileSystemException | FileNotFoundException e) {
      throw new StartRefused("the embedded Kafka cannot use its files: " + e, e);
    } catch (IOException e) {
      throw new StartRefused("the embedded Kafka cannot be started: " + e.getMessage(), e);
    }
  }

  /** Where it will be, for clients. */
  public String bootstrapServers() {
    return ServerPort.HOST + ":" + port.number();
  }

  /**
   * Waits until it takes requests.
   *
   * @throws StartRefused when it does not within this time
   */
  public void awaitUp(Duration patience) throws InterruptedException {
    try {
      up.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new StartRefused(
          "the embedded Kafka is not up after %d s: %s"
              .formatted(patience.toSeconds(), complaint.isEmpty() ? "it is slow" : complaint),
          e);
    }
  }

  /** Stops the broker within three seconds, for good. */
  public void stop() {
    stopped.complete(null);
    over.orTimeout(STOP_PATIENCE.plusMillis(500).toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(
            e -> {
              LOG.warn("The embedded Kafka does not stop: what it has acknowledged is on disk");
              return null;
            })
        .join();
  }

  /** A broker that ends while we live is nobody else's to bring back. */
  private void live() {
    try {
      while (!stopped.isDone()) {
        try {
          runOnce();
        } catch (CompletionException e) {
          complain(String.valueOf(e.getCause()), e.getCause());
        } catch (StartRefused e) {
          complain(String.valueOf(e.getMessage()), null);
        } catch (IOException | RuntimeException | LinkageError e) {
          complain(e.toString(), e);
        }
        within(LOOK_EVERY, stopped);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over.complete(null);
    }
  }

  private void runOnce() throws IOException, InterruptedException {
    if (!data.hasRoomToStart()) {
      complain(data.fullDisk(), null);
      return;
    }
    data.check();
    if (!data.isMade()) {
      data.make();
    }
    KafkaBroker broker =
        new KafkaBroker(KafkaSettings.of(data.path(), port.number(), ServerPort.free()));
    try {
      CompletableFuture<@Nullable Void> started = broker.start();
      within(START_PATIENCE, started, broker.ended(), stopped);
      if (started.isDone()) {
        started.join();
        sayUp();
      }
      watch(broker);
    } finally {
      broker.stop(STOP_PATIENCE);
    }
  }

  private void watch(KafkaBroker broker) throws IOException, InterruptedException {
    while (!within(LOOK_EVERY, broker.ended(), stopped)) {
      if (!data.hasRoom()) {
        complain(data.fullDisk(), null);
        return;
      }
    }
    if (!stopped.isDone()) {
      complain("it has ended, as it does when it cannot use its disk", null);
    }
  }

  private void sayUp() {
    LOG.info("Kafka is up at {}", bootstrapServers());
    complaint = "";
    up.complete(null);
  }

  /** Says the same thing once, however often it is tried. */
  private void complain(String why, @Nullable Throwable cause) {
    if (!why.equals(complaint)) {
      complaint = why;
      LOG.error(
          "The embedded Kafka is away: {}. Events wait for it, nothing else does", why, cause);
    }
  }

  /** Whether one of them is done within this time. */
  private static boolean within(Duration patience, CompletableFuture<?>... futures)
      throws InterruptedException {
    try {
      CompletableFuture.anyOf(futures).get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }
}
