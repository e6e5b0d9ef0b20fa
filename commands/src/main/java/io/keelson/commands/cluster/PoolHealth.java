package io.keelson.commands.cluster;

import java.util.List;
import java.util.TreeSet;

/**
 * The part of a pool's observed state that people ask for later. Counts are levels, and no part of
 * it; the health of its nodes is in the events of the nodes.
 *
 * @param present whether the provider has it
 * @param troubles what blocks the pool as a whole, and reasons of conditions that say that
 *     something is wrong
 */
public record PoolHealth(boolean present, List<String> troubles) {

  /** Before the first observation, and after the last one. */
  public static final PoolHealth ABSENT = new PoolHealth(false, List.of());

  /** The provider has it, and nothing is wrong. */
  public static final PoolHealth PRESENT = new PoolHealth(true, List.of());

  public PoolHealth {
    troubles = List.copyOf(new TreeSet<>(troubles));
  }
}
