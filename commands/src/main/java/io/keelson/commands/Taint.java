package io.keelson.commands;

/**
 * A Kubernetes taint.
 *
 * @param effect {@code NoSchedule}, {@code PreferNoSchedule} or {@code NoExecute}
 */
public record Taint(String key, String value, Effect effect) implements Comparable<Taint> {

  /** What a taint does to pods that do not tolerate it; spelt as Kubernetes spells it. */
  public enum Effect {
    NoSchedule,
    PreferNoSchedule,
    NoExecute
  }

  /** By key, then effect: the order in which lists of taints are shown. */
  @Override
  public int compareTo(Taint other) {
    int byKey = key.compareTo(other.key);
    return byKey != 0 ? byKey : effect.compareTo(other.effect);
  }
}
