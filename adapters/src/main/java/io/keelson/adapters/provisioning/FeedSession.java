package io.keelson.adapters.provisioning;

import io.keelson.commands.provisioning.Changes;
import io.keelson.commands.provisioning.Cursor;
import io.keelson.commands.provisioning.Provisioning;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * One session of the reader. One thread follows the change feed, another one the hints and the due
 * clusters. A cursor is stored, and a hint deleted, after their clusters are recorded: a session
 * that is cut off loses nothing.
 */
final class FeedSession {

  /** How late a hint of another instance may be found. */
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private static final Duration MAX_WAIT = Duration.ofSeconds(5);

  private final Provisioning provisioning;
  private final FeedTable table;
  private final ObservationPool pool;
  private final FeedSignal signal;
  private final Clock clock;
  private final long end;

  FeedSession(
      Provisioning provisioning,
      FeedTable table,
      ObservationPool pool,
      FeedSignal signal,
      Clock clock,
      Duration length) {
    this.provisioning = provisioning;
    this.table = table;
    this.pool = pool;
    this.signal = signal;
    this.clock = clock;
    this.end = System.nanoTime() + length.toNanos();
  }

  /**
   * Reads until the session is over.
   *
   * @param stopping whether it should end earlier
   */
  void run(BooleanSupplier stopping) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Void> changes = CompletableFuture.runAsync(this::followChanges, threads);
      try {
        while (left().isPositive() && !stopping.getAsBoolean() && !changes.isDone()) {
          followHints();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } finally {
        if (left().isPositive()) {
          threads.shutdownNow();
        }
      }
      if (changes.isCompletedExceptionally()) {
        changes.join();
      }
    }
  }

  private Duration left() {
    return Duration.ofNanos(end - System.nanoTime());
  }

  private void followHints() throws InterruptedException {
    long known = signal.count();
    FeedTable.Work work = table.work(clock.instant());
    if (work.clusters().isEmpty()) {
      signal.await(known, left().compareTo(INTERVAL) < 0 ? left() : INTERVAL);
      return;
    }
    pool.observe(work.clusters());
    table.delete(work.hints());
  }

  private void followChanges() {
    Cursor cursor = table.cursor();
    Cursor stored = cursor;
    while (left().isPositive() && !Thread.currentThread().isInterrupted()) {
      Changes changes =
          provisioning.changes(cursor, left().compareTo(MAX_WAIT) < 0 ? left() : MAX_WAIT);
      cursor = changes.next();
      if (changes.resync()) {
        table.resync(clock.instant());
        signal.give();
      }
      pool.observe(changes.clusters());
      if (changes.resync() || !changes.clusters().isEmpty()) {
        table.store(cursor);
        stored = cursor;
      }
    }
    if (!cursor.equals(stored) && !Thread.currentThread().isInterrupted()) {
      table.store(cursor);
    }
  }
}
