package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Pace.Step;
import java.time.Duration;
import java.time.Instant;

/** The settings that all simulated clusters share: the speed, and the faults. */
record Laws(Pace pace, Faults faults) {

  Duration takes(Step step) {
    return pace.of(step);
  }

  Duration takes(Step step, Object... what) {
    return pace.of(step, what);
  }

  /**
   * Whether a fault affects a target at an instant. Time is divided into spells of the length of a
   * step, and the fault is drawn once for each spell.
   */
  boolean struck(Fault fault, Step spell, Instant at, Object what) {
    return faults.strike(fault, what, at.toEpochMilli() / millis(spell));
  }

  /** When the spell that contains an instant ends and the next one begins. */
  Instant spellEnd(Step spell, Instant at) {
    long length = millis(spell);
    return Instant.ofEpochMilli((at.toEpochMilli() / length + 1) * length);
  }

  private long millis(Step spell) {
    return Math.max(1, takes(spell).toMillis());
  }
}
