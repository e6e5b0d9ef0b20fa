package io.keelson.infra.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;

/** Counts the races for a stream that commands lost. */
final class ConflictCounter implements Runnable {

  private final Counter conflicts =
      Counter.builder("keelson.command.conflicts")
          .description("Races for a stream that commands lost, to be run again")
          .register(Metrics.globalRegistry);

  @Override
  public void run() {
    conflicts.increment();
  }
}
