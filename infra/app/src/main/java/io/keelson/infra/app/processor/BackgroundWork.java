package io.keelson.infra.app.processor;

import com.github.kagkarlsson.scheduler.Scheduler;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Starts the event processors and then the timers before the first request is accepted, and stops
 * them in the opposite order after the last one.
 */
@Component
final class BackgroundWork implements SmartLifecycle {

  private final Processors processors;
  private final Scheduler scheduler;
  private volatile boolean running;

  BackgroundWork(Processors processors, Scheduler scheduler) {
    this.processors = processors;
    this.scheduler = scheduler;
  }

  @Override
  public void start() {
    QuietOutage.install();
    processors.start();
    scheduler.start();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    scheduler.stop();
    processors.stop();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Earlier than the web server, which starts in the last phases. */
  @Override
  public int getPhase() {
    return 0;
  }
}
