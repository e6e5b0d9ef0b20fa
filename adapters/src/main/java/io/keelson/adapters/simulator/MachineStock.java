package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Pace.Step;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.provisioning.PoolDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The limits on the number of machines of a type that all clusters have at one time. It does not
 * count machines.
 *
 * @param max by {@code <zone>/<node_type>}, or by {@code <node_type>} for all zones together. Only
 *     letters and digits of a name are compared, without case. A type that is not named has no
 *     limit
 */
record MachineStock(Map<String, Integer> max) {

  static final MachineStock UNLIMITED = new MachineStock(Map.of());

  MachineStock {
    max.forEach(
        (what, count) -> {
          if (count < 0) {
            throw new IllegalArgumentException(
                "the simulator's capacity of " + what + " must be at least 0, not " + count);
          }
        });
    max =
        max.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    e -> normalized(e.getKey()), Map.Entry::getValue, Math::min));
  }

  /**
   * A limit on the machines of a type.
   *
   * @param zone null: the limit is for all zones together
   */
  record Limit(@Nullable String zone, String nodeType, int max) {}

  /** A machine that exists or is planned; {@code deletedAt} null: no end is known. */
  record Taken(
      NodeId node,
      PoolId pool,
      String zone,
      String nodeType,
      Instant from,
      @Nullable Instant deletedAt) {}

  List<Limit> limits(String zone, String nodeType) {
    List<Limit> limits = new ArrayList<>();
    Integer here = max.get(normalized(zone + nodeType));
    Integer anywhere = max.get(normalized(nodeType));
    if (here != null) {
      limits.add(new Limit(zone, nodeType, here));
    }
    if (anywhere != null) {
      limits.add(new Limit(null, nodeType, anywhere));
    }
    return limits;
  }

  /** Whether a zone has no machines of a type at an instant, by a fault. */
  static boolean isOut(String zone, String nodeType, Instant now, Laws laws) {
    return laws.struck(Fault.CAPACITY, Step.SPELL, now, zone + "/" + nodeType);
  }

  static List<Taken> taken(World world, Laws laws) {
    List<Taken> taken = new ArrayList<>();
    for (NodePool pool : world.pools()) {
      if (pool.held() != null) {
        PoolDocument document = pool.held().current();
        pool.machines()
            .forEach(
                m ->
                    taken.add(
                        new Taken(
                            m.id(),
                            pool.id(),
                            document.machine().zone(),
                            document.machine().nodeType(),
                            m.createdAt(),
                            m.deletedAt(laws))));
      }
    }
    return taken;
  }

  /** Property names cannot contain all characters of type names. */
  private static String normalized(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
