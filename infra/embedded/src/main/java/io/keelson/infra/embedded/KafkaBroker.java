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

/** One run of a broker with its controller. Once ended it is never started again. */
final class KafkaBroker {

  private final BrokerThreads threads = new BrokerThreads();
  private final KafkaRaftServer server;
  private final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();

  KafkaBroker(Map<String, String> settings) {
    this.server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
  }

  /** Completed once it takes requests, or with what keeps it from that. */
  CompletableFuture<@Nullable Void> start() {
    run("start", server::startup, started);
    return started;
  }

  /** Completed when it cannot go on. */
  CompletableFuture<@Nullable Void> ended() {
    return threads.ended();
  }

  /**
   * Stops it, in order if it can be done in this time.
   *
   * @return whether it could: otherwise a part of it may still be there
   */
  boolean stop(Duration patience) throws InterruptedException {
    CompletableFuture<@Nullable Void> down = new CompletableFuture<>();
    run("stop", this::shutDown, down);
    try {
      down.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /** Kafka ignores this while it starts. */
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
