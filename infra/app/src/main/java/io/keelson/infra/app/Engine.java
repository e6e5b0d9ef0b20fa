package io.keelson.infra.app;

import com.github.kagkarlsson.scheduler.Scheduler;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Starts what works in the background before the first request is taken, and stops it after the
 * last: events first, then timers.
 */
@Component
final class Engine implements SmartLifecycle {

  private final Processors processors;
  private final Scheduler scheduler;
  private volatile boolean running;

  Engine(Processors processors, Scheduler scheduler) {
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

  /** Before the web server, which comes with the last phases. */
  @Override
  public int getPhase() {
    return 0;
  }
}
