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
 * How many machines of a type may be there at once, over all clusters. It counts nothing itself.
 *
 * @param most by {@code <zone>/<node_type>}, or {@code <node_type>} for all zones together, in any
 *     spelling of which letters and digits are left; without limit where neither is named
 */
record Stock(Map<String, Integer> most) {

  static final Stock UNLIMITED = new Stock(Map.of());

  Stock {
    most.forEach(
        (what, count) -> {
          if (count < 0) {
            throw new IllegalArgumentException(
                "the simulator's capacity of " + what + " must be at least 0, not " + count);
          }
        });
    most =
        most.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    e -> spelt(e.getKey()), Map.Entry::getValue, Math::min));
  }

  /**
   * A limit on the machines of a type.
   *
   * @param zone null: in all of them together
   */
  record Limit(@Nullable String zone, String nodeType, int most) {}

  /** A machine that is or will be taken; {@code goneAt} null: it stays. */
  record Taken(
      NodeId node,
      PoolId pool,
      String zone,
      String nodeType,
      Instant from,
      @Nullable Instant goneAt) {}

  List<Limit> limits(String zone, String nodeType) {
    List<Limit> limits = new ArrayList<>();
    Integer here = most.get(spelt(zone + nodeType));
    Integer anywhere = most.get(spelt(nodeType));
    if (here != null) {
      limits.add(new Limit(zone, nodeType, here));
    }
    if (anywhere != null) {
      limits.add(new Limit(null, nodeType, anywhere));
    }
    return limits;
  }

  /** Whether a spell without machines has struck. */
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
                            document.zone(),
                            document.nodeType(),
                            m.createdAt(),
                            m.goneAt(laws))));
      }
    }
    return taken;
  }

  /** Property names cannot hold all that names of types do. */
  private static String spelt(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
