package io.keelson.aggregates.pool;

import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Awaited;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a cluster or a pool from being changed for now. A rejection names it as awaited, if
 * there is a run whose end ends it.
 *
 * @param detail what happens to the cluster or pool, for people: {@code being created}
 * @param operation the run that does it; null: no run does, and waiting does not help
 */
public record Holder(String detail, @Nullable OperationId operation) {

  private static final String CLUSTER = "cluster_id";
  private static final String POOL = "pool_id";

  /** A pool and what holds it. */
  record OfPool(PoolId pool, Holder holder) {}

  /** The rejection of a command that needs the cluster as a whole. */
  public CommandRejected rejection(ClusterId cluster) {
    return new CommandRejected(
        "cluster " + cluster + " is " + detail, CLUSTER, awaited("cluster/" + cluster));
  }

  /** The rejection of a command that needs the pool. */
  CommandRejected rejection(PoolId pool) {
    return rejection(List.of(new OfPool(pool, this)));
  }

  /** The rejection of a command that needs several pools, of which these are held. */
  static CommandRejected rejection(List<OfPool> held) {
    return new CommandRejected(
        held.stream()
            .map(h -> "pool " + h.pool() + " is " + h.holder().detail())
            .collect(Collectors.joining("; ")),
        POOL,
        held.stream().flatMap(h -> h.holder().awaited("pool/" + h.pool()).stream()).toList());
  }

  private List<Awaited> awaited(String what) {
    return operation == null ? List.of() : List.of(new Awaited(what, detail, operation));
  }
}
