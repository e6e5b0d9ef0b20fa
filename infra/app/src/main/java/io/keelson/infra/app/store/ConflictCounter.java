package io.keelson.infra.app.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;

/** Counts the commands that another command to the same stream overtook. */
final class ConflictCounter implements Runnable {

  private final Counter conflicts =
      Counter.builder("keelson.command.conflicts")
          .description("Attempts of commands that lost a race for their stream and were repeated")
          .register(Metrics.globalRegistry);

  @Override
  public void run() {
    conflicts.increment();
  }
}
