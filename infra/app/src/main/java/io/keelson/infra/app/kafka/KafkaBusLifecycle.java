package io.keelson.infra.app.kafka;

import io.keelson.adapters.kafka.KafkaBus;
import org.springframework.context.SmartLifecycle;

/** Starts and stops the Kafka clients with the application. It owns no client itself. */
final class KafkaBusLifecycle implements SmartLifecycle {

  private final KafkaBus bus;
  private volatile boolean running;

  KafkaBusLifecycle(KafkaBus bus) {
    this.bus = bus;
  }

  @Override
  public void start() {
    bus.start();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    bus.stop();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Runs only while the event processors run, which are in phase 0 and handle what it receives. */
  @Override
  public int getPhase() {
    return 1;
  }
}
