package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Pace.Step;
import io.keelson.commands.Id;
import io.keelson.commands.NodeId;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The drain of a node whose pods a disruption budget protects. The eviction is retried until the
 * budget allows it, or for ever.
 */
final class Drain {

  private static final String DRAW = "drain";
  private static final double FOR_EVER = 0.5;
  private static final int MIN_RETRIES = 3;
  private static final int MORE_RETRIES = 7;
  private static final int MAX_PODS = 6;
  private static final int NAMED_PODS = 3;

  private Drain() {}

  static boolean blocked(NodeId node, Laws laws) {
    return laws.faults().strike(Fault.DRAIN_BLOCKED, node);
  }

  /** How much longer the budget makes the drain; null: the drain never ends by itself. */
  static @Nullable Duration held(NodeId node, Laws laws) {
    if (!blocked(node, laws)) {
      return Duration.ZERO;
    }
    long seed = laws.faults().seed();
    if (Faults.draw(seed, DRAW, node) < FOR_EVER) {
      return null;
    }
    int more = (int) (Faults.draw(seed, DRAW, node, "retries") * MORE_RETRIES);
    return laws.takes(Step.DRAIN_RETRY).multipliedBy(MIN_RETRIES + more);
  }

  /** Names the budget, the healthy pods that it needs and has, and the pods that it keeps. */
  static String message(NodeId node, Laws laws) {
    int pods = 1 + (int) (Faults.draw(laws.faults().seed(), DRAW, node, "pods") * MAX_PODS);
    String named =
        IntStream.range(0, Math.min(pods, NAMED_PODS))
            .mapToObj(i -> pod(node, i))
            .collect(Collectors.joining(", "));
    String others = pods > NAMED_PODS ? " and %d more".formatted(pods - NAMED_PODS) : "";
    return "PodDisruptionBudget default/web allows no eviction (healthy pods needed: %d, now: %d): %s%s"
        .formatted(pods + 1, pods + 1, named, others);
  }

  private static String pod(NodeId node, int number) {
    return "web-"
        + Id.derived("pod", node.toString(), Integer.toString(number)).toString().substring(0, 8);
  }
}
