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
 * A real Kafka of one node in this JVM, with its data below one directory, on the loopback
 * interface. It must never lose a record that it has acknowledged, and must never end the JVM.
 *
 * <p>Its address is known before it is up: it starts in the background, and its clients wait for it
 * by themselves. When it cannot start or continue, for example because its disk is full, it logs
 * the reason once and retries until it can.
 */
public final class EmbeddedKafka {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);
  private static final Duration START_TIMEOUT =
      Duration.ofMinutes(2); // it may have to read all records
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

  private final KafkaData data;
  private final ServerPort port;
  private final CompletableFuture<@Nullable Void> up = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
  private volatile String lastError = "";

  private EmbeddedKafka(Path directory, int port) throws IOException {
    this.data = new KafkaData(directory);
    this.port = ServerPort.ofKafka(directory, port);
  }

  /**
   * Starts the broker and does not wait for it.
   *
   * @param directory where the data is, made if missing; the caller ensures that no other program
   *     uses it
   * @param port where it listens; 0: any free port, the same one at the next start if it is free
   * @throws StartRefused when the person who starts the program has to change something
   */
  public static EmbeddedKafka start(Path directory, int port) {
    try {
      EmbeddedKafka kafka =
          new EmbeddedKafka(Files.createDirectories(directory).toRealPath(), port);
      kafka.data.check();
      kafka.port.reserve();
      Thread.ofPlatform().daemon().name("embedded-kafka-watch").start(kafka::keepRunning);
      return kafka;
    } catch (FileSystemException | FileNotFoundException e) {
      throw new StartRefused("the embedded Kafka cannot use its files: " + e, e);
    } catch (IOException e) {
      throw new StartRefused("the embedded Kafka cannot be started: " + e.getMessage(), e);
    }
  }

  /** The address for clients, known before the broker is up. */
  public String bootstrapServers() {
    return ServerPort.HOST + ":" + port.number();
  }

  /**
   * Waits until it accepts requests.
   *
   * @throws StartRefused when it does not within the timeout
   */
  public void awaitUp(Duration timeout) throws InterruptedException {
    try {
      up.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new StartRefused(
          "the embedded Kafka is not up after %d s: %s"
              .formatted(timeout.toSeconds(), lastError.isEmpty() ? "it is slow" : lastError),
          e);
    }
  }

  /** Stops the broker within three seconds, for good. */
  public void stop() {
    stopped.complete(null);
    over.orTimeout(STOP_TIMEOUT.plusMillis(500).toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(
            e -> {
              LOG.warn("The embedded Kafka does not stop: every acknowledged record is on disk");
              return null;
            })
        .join();
  }

  /** Starts the broker again whenever it ends, until {@link #stop}. */
  private void keepRunning() {
    try {
      while (!stopped.isDone()) {
        try {
          runOnce();
        } catch (CompletionException e) {
          logError(String.valueOf(e.getCause()), e.getCause());
        } catch (StartRefused e) {
          logError(String.valueOf(e.getMessage()), null);
        } catch (IOException | RuntimeException | LinkageError e) {
          logError(e.toString(), e);
        }
        isDoneWithin(CHECK_INTERVAL, stopped);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over.complete(null);
    }
  }

  private void runOnce() throws IOException, InterruptedException {
    if (!data.hasRoomToStart()) {
      logError(data.fullDisk(), null);
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
      isDoneWithin(START_TIMEOUT, started, broker.ended(), stopped);
      if (started.isDone()) {
        started.join();
        logUp();
      }
      watch(broker);
    } finally {
      broker.stop(STOP_TIMEOUT);
    }
  }

  private void watch(KafkaBroker broker) throws IOException, InterruptedException {
    while (!isDoneWithin(CHECK_INTERVAL, broker.ended(), stopped)) {
      if (!data.hasRoom()) {
        logError(data.fullDisk(), null);
        return;
      }
    }
    if (!stopped.isDone()) {
      logError("it has ended, as it does when it cannot use its disk", null);
    }
  }

  private void logUp() {
    LOG.info("Kafka is up at {}", bootstrapServers());
    lastError = "";
    up.complete(null);
  }

  /** Logs a reason once, however often the same attempt fails. */
  private void logError(String why, @Nullable Throwable cause) {
    if (!why.equals(lastError)) {
      lastError = why;
      LOG.error("The embedded Kafka is down: {}. Only events wait for it", why, cause);
    }
  }

  /** Whether one of the futures is done within the timeout. */
  private static boolean isDoneWithin(Duration timeout, CompletableFuture<?>... futures)
      throws InterruptedException {
    try {
      CompletableFuture.anyOf(futures).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }
}
