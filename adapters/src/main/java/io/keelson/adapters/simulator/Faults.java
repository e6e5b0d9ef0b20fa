package io.keelson.adapters.simulator;

import io.keelson.commands.Id;
import java.util.Map;
import java.util.UUID;

/**
 * Decides which faults strike. A decision is a function of the seed and the target, so a run can be
 * repeated.
 *
 * @param probability of each fault, 0 to 1; a fault that is not named has 0
 */
public record Faults(long seed, Map<Fault, Double> probability) {

  public static final Faults NONE = new Faults(0, Map.of());

  public Faults {
    probability = Map.copyOf(probability);
    probability.forEach(
        (fault, chance) -> {
          if (!(chance >= 0 && chance <= 1)) {
            throw new IllegalArgumentException(
                "the probability of " + fault + " must be from 0 to 1, not " + chance);
          }
        });
  }

  /** Whether the probability of a fault is above 0. */
  boolean can(Fault fault) {
    return probability.getOrDefault(fault, 0.0) > 0;
  }

  /**
   * Whether a fault strikes a target.
   *
   * @param what identifies the target among all targets of that fault
   */
  boolean strike(Fault fault, Object... what) {
    double chance = probability.getOrDefault(fault, 0.0);
    return chance > 0 && draw(seed, fault.name(), what) < chance;
  }

  /** A number from 0 to 1 (exclusive), always the same for the same arguments. */
  static double draw(long seed, String kind, Object... what) {
    String[] name = new String[what.length + 2];
    name[0] = Long.toString(seed);
    name[1] = kind;
    for (int i = 0; i < what.length; i++) {
      name[i + 2] = String.valueOf(what[i]);
    }
    UUID hash = Id.derived(name);
    return (hash.getLeastSignificantBits() >>> 11 & ((1L << 50) - 1)) * 0x1.0p-50;
  }
}
