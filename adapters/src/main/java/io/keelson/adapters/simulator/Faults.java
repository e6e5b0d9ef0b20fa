package io.keelson.adapters.simulator;

import io.keelson.commands.Id;
import java.util.Map;
import java.util.UUID;

/**
 * Which faults strike. Whether one does is a function of the seed and of what it would strike, so
 * that a run can be repeated.
 *
 * @param probability of each fault, 0 to 1; 0 for those not named
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

  /** Whether a fault can strike at all. */
  boolean can(Fault fault) {
    return probability.getOrDefault(fault, 0.0) > 0;
  }

  /** Whether a fault strikes something, named by whatever tells it from its likes. */
  boolean strike(Fault fault, Object... what) {
    double chance = probability.getOrDefault(fault, 0.0);
    return chance > 0 && draw(seed, fault.name(), what) < chance;
  }

  /** A number from 0 to 1 (exclusive) that is always the same for the same arguments. */
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
