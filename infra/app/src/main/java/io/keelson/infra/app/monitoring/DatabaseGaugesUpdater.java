package io.keelson.infra.app.monitoring;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Updates the gauges every few seconds. The interval grows with the duration of an update, so that
 * updates use at most one twentieth of the time.
 */
final class DatabaseGaugesUpdater implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseGaugesUpdater.class);
  private static final Duration MIN_INTERVAL = Duration.ofSeconds(3);

  /** An update is followed by at least this many times its own duration without one. */
  private static final int REST_FACTOR = 20;

  private final DatabaseGauges gauges;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("metrics").factory());
  private volatile @Nullable Future<?> next;
  private volatile boolean running;

  DatabaseGaugesUpdater(DatabaseGauges gauges) {
    this.gauges = gauges;
  }

  @Override
  public void start() {
    running = true;
    schedule(MIN_INTERVAL);
  }

  private void schedule(Duration delay) {
    next = thread.schedule(this::update, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void update() {
    long begun = System.nanoTime();
    try {
      gauges.update();
    } catch (RuntimeException e) {
      LOG.debug("the gauges cannot be updated", e);
    }
    Duration rest = Duration.ofNanos(System.nanoTime() - begun).multipliedBy(REST_FACTOR);
    if (running) {
      schedule(rest.compareTo(MIN_INTERVAL) > 0 ? rest : MIN_INTERVAL);
    }
  }

  @Override
  public void stop() {
    running = false;
    Future<?> waiting = next;
    if (waiting != null) {
      waiting.cancel(true);
    }
    thread.shutdown();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Later than the processors that it measures, which start in phase 0. */
  @Override
  public int getPhase() {
    return 1;
  }
}
