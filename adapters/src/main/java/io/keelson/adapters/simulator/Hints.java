package io.keelson.adapters.simulator;

import io.keelson.commands.ClusterId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells who watches that a cluster may look otherwise now. Only in memory: a hint may be lost, and
 * changes nothing in the world.
 */
final class Hints implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Hints.class);

  private final Clock clock;
  private final BiFunction<ClusterId, Instant, Optional<Instant>> nextChange;
  private final Map<Object, Consumer<ClusterId>> watchers = new ConcurrentHashMap<>();
  private final Map<ClusterId, ScheduledFuture<?>> pending = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("simulator-hints").factory());

  /**
   * Hints about changes that lie ahead.
   *
   * @param nextChange when a cluster will first look otherwise after an instant
   */
  Hints(Clock clock, BiFunction<ClusterId, Instant, Optional<Instant>> nextChange) {
    this.clock = clock;
    this.nextChange = nextChange;
  }

  AutoCloseable watch(Consumer<ClusterId> watcher) {
    // Under a key, so that the same consumer may watch twice and each end on its own.
    Object key = new Object();
    watchers.put(key, watcher);
    return () -> watchers.remove(key);
  }

  /** A cluster was written to. */
  void written(ClusterId cluster) {
    if (!watchers.isEmpty()) {
      later(Duration.ZERO, cluster);
    }
  }

  /** One hint lies ahead for each cluster at most: the earliest. */
  private void later(Duration delay, ClusterId cluster) {
    pending.compute(
        cluster,
        (_, ahead) -> {
          if (ahead != null && ahead.getDelay(TimeUnit.NANOSECONDS) <= delay.toNanos()) {
            return ahead;
          }
          if (ahead != null) {
            ahead.cancel(false);
          }
          return scheduled(delay, cluster);
        });
  }

  private @Nullable ScheduledFuture<?> scheduled(Duration delay, ClusterId cluster) {
    try {
      return timer.schedule(() -> hint(cluster), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("closed: no more hints");
      return null;
    }
  }

  private void hint(ClusterId cluster) {
    pending.remove(cluster);
    watchers.values().forEach(watcher -> tell(watcher, cluster));
    try {
      Instant now = clock.instant();
      nextChange.apply(cluster, now).ifPresent(next -> later(Duration.between(now, next), cluster));
    } catch (RuntimeException e) {
      // Whoever needs to know looks from time to time anyway.
      LOG.debug("hints about cluster {} got lost", cluster, e);
    }
  }

  private static void tell(Consumer<ClusterId> watcher, ClusterId cluster) {
    try {
      watcher.accept(cluster);
    } catch (RuntimeException e) {
      LOG.debug("a hint about cluster {} was not taken", cluster, e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
