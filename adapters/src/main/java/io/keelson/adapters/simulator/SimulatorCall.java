package io.keelson.adapters.simulator;

import io.keelson.commands.ClusterId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One write that reached the simulator.
 *
 * @param position its place in the log, from 1
 * @param verb of the port: {@code applyCluster}…
 * @param generation of the document; null for a removal
 * @param effects how many changes it made to the world: 0 for a repeat or a refusal
 */
public record SimulatorCall(
    long position,
    Instant at,
    String verb,
    ClusterId clusterId,
    String target,
    @Nullable Long generation,
    String idempotencyKey,
    Outcome outcome,
    int effects) {

  /** What came of a call; spelt in lower case outside. */
  public enum Outcome {
    ACCEPTED,
    REFUSED,
    /** It did not arrive. */
    UNAVAILABLE,
    /** It took effect, but its answer got lost. */
    ANSWER_LOST;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Outcome of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }
}
