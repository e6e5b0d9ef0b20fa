package io.keelson.commands.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.keelson.commands.NodeId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a target from its desired state.
 *
 * @param node the node that it is about; null: it is about the whole target
 * @param detail the disruption budget, the pods, the version skew…, for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Blocker(@Nullable NodeId node, String detail) {

  private static final String UNAVAILABLE = "provider unavailable: ";

  /** The provider could not be reached: it is not known whether the request took effect. */
  public static Blocker unavailable(String message) {
    return new Blocker(null, UNAVAILABLE + message);
  }

  /** Whether it was made by {@link #unavailable(String)}. */
  public boolean providerUnavailable() {
    return node == null && detail.startsWith(UNAVAILABLE);
  }

  /** What the provider says that blocks a target: the pool as a whole first, then its nodes. */
  public static List<Blocker> of(TargetObservation observation) {
    return observation instanceof TargetObservation.OfPool(var pool, var nodes) && pool != null
        ? Stream.concat(
                pool.blockedReasons().stream().map(reason -> new Blocker(null, reason)),
                nodes.stream()
                    .filter(node -> !node.message().isEmpty())
                    .map(node -> new Blocker(node.node(), node.message())))
            .toList()
        : List.of();
  }
}
