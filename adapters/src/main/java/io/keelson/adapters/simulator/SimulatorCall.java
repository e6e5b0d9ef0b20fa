package io.keelson.adapters.simulator;

import io.keelson.commands.ClusterId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One write that reached the simulator.
 *
 * @param position in the log, from 1
 * @param verb the method of the port: {@code applyCluster}…
 * @param generation of the document; null: the write has no document
 * @param effects how many changes the write made: 0 for a repeat or a refusal
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

  /** The outcome of a call; in lower case as text. */
  public enum Outcome {
    ACCEPTED,
    REFUSED,
    /** The call was lost on the way, without effect. */
    UNAVAILABLE,
    /** The call took effect, and its response was lost. */
    RESPONSE_LOST;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Outcome of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }
}
