package io.keelson.infra.app;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Takes a survey every few seconds, the less often the longer one takes. */
final class Surveys implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Surveys.class);
  private static final Duration PAUSE = Duration.ofSeconds(3);

  /** However much there is to count, it is never the database's main business. */
  private static final int SHARE_OF_TIME = 20;

  private final Survey survey;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("metrics").factory());
  private volatile @Nullable Future<?> next;
  private volatile boolean running;

  Surveys(Survey survey) {
    this.survey = survey;
  }

  @Override
  public void start() {
    running = true;
    next(PAUSE);
  }

  private void next(Duration pause) {
    next = thread.schedule(this::take, pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void take() {
    long begun = System.nanoTime();
    try {
      survey.take();
    } catch (RuntimeException e) {
      LOG.debug("no metrics from the database this time", e);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begun).multipliedBy(SHARE_OF_TIME);
    if (running) {
      next(took.compareTo(PAUSE) > 0 ? took : PAUSE);
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

  /** After the engine that it looks at, which is in phase 0. */
  @Override
  public int getPhase() {
    return 1;
  }
}
