package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Pace.Step;
import java.time.Duration;
import java.time.Instant;

/** What holds for the whole simulated world: how fast it is, and what goes wrong in it. */
record Laws(Pace pace, Faults faults) {

  Duration takes(Step step) {
    return pace.of(step);
  }

  Duration takes(Step step, Object... what) {
    return pace.of(step, what);
  }

  /**
   * Whether a fault has struck something for as long as a step takes, at an instant: time is cut
   * into spells of that length, and each is drawn for.
   */
  boolean struck(Fault fault, Step spell, Instant at, Object what) {
    return faults.strike(fault, what, at.toEpochMilli() / millis(spell));
  }

  /** When the spell of an instant ends, and the next one begins. */
  Instant spellEnd(Step spell, Instant at) {
    long length = millis(spell);
    return Instant.ofEpochMilli((at.toEpochMilli() / length + 1) * length);
  }

  private long millis(Step spell) {
    return Math.max(1, takes(spell).toMillis());
  }
}
