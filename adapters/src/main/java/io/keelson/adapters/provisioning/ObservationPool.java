package io.keelson.adapters.provisioning;

import io.keelson.commands.Backoff;
import io.keelson.commands.ClusterId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes several clusters at once, a cluster never twice at the same time. A cluster whose
 * observation fails is observed again after a backoff and never delays the others.
 */
final class ObservationPool {

  private static final Logger LOG = LoggerFactory.getLogger(ObservationPool.class);
  private static final int MAX_PARALLEL = 4;
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30));

  private final ObservationRecorder recorder;
  private final FeedTable feed;
  private final Clock clock;
  private final Semaphore running = new Semaphore(MAX_PARALLEL);

  /** The clusters with the same remainder share a lock. */
  private final List<ReentrantLock> locks =
      Stream.generate(() -> new ReentrantLock()).limit(64).toList();

  ObservationPool(ObservationRecorder recorder, FeedTable feed, Clock clock) {
    this.recorder = recorder;
    this.feed = feed;
    this.clock = clock;
  }

  /**
   * Returns once each cluster is recorded, or stored as due again.
   *
   * @throws CompletionException when a cluster is neither
   */
  void observe(Collection<ClusterId> clusters) {
    if (clusters.isEmpty()) {
      return;
    }
    List<CompletableFuture<Void>> observations = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      clusters.forEach(
          cluster -> observations.add(CompletableFuture.runAsync(() -> observe(cluster), threads)));
    }
    observations.forEach(CompletableFuture::join);
  }

  private void observe(ClusterId cluster) {
    ReentrantLock lock = locks.get(Math.floorMod(cluster.hashCode(), locks.size()));
    try {
      lock.lockInterruptibly();
      try {
        running.acquire();
        try {
          observeAlone(cluster);
        } finally {
          running.release();
        }
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  private void observeAlone(ClusterId cluster) {
    try {
      if (recorder.observe(cluster)) {
        return;
      }
    } catch (RuntimeException e) {
      LOG.warn("cluster {} was not observed: {}", cluster, e.toString());
    }
    int failures = feed.failures(cluster) + 1;
    feed.failed(cluster, failures, clock.instant().plus(RETRY.after(failures)));
  }
}
