package io.keelson.infra.embedded;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/** One run of a broker with its controller. It is never started a second time. */
final class KafkaBroker {

  private final BrokerThreads threads = new BrokerThreads();
  private final KafkaRaftServer server;
  private final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();

  KafkaBroker(Map<String, String> settings) {
    this.server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
  }

  /** Completes when the broker accepts requests, or with the failure of the start. */
  CompletableFuture<@Nullable Void> start() {
    run("start", server::startup, started);
    return started;
  }

  /** Completes when the broker cannot continue. */
  CompletableFuture<@Nullable Void> ended() {
    return threads.ended();
  }

  /**
   * Stops the broker, in order if that takes no longer than the timeout.
   *
   * @return whether it has stopped: otherwise some of its threads may still run
   */
  boolean stop(Duration timeout) throws InterruptedException {
    CompletableFuture<@Nullable Void> down = new CompletableFuture<>();
    run("stop", this::shutDown, down);
    try {
      down.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /** Waits for the start, since Kafka ignores a shutdown while it starts. */
  private void shutDown() {
    CompletableFuture.anyOf(started.exceptionally(_ -> null), threads.ended()).join();
    server.shutdown();
  }

  private void run(String name, Runnable step, CompletableFuture<@Nullable Void> done) {
    Thread thread =
        new Thread(
            threads,
            () -> {
              try {
                step.run();
                done.complete(null);
              } catch (Throwable e) {
                done.completeExceptionally(e);
              }
            },
            "embedded-kafka-" + name);
    thread.setDaemon(true);
    thread.start();
  }
}
