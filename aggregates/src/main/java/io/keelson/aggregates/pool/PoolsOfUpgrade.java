package io.keelson.aggregates.pool;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Decision;
import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.Verdict;
import io.keelson.commands.operation.PoolRun;
import io.keelson.commands.pool.PoolEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which pools follow the upgrade of their cluster, and how they do. */
public final class PoolsOfUpgrade {

  private static final Decision.Rule FOLLOWS = new Decision.Rule("pool-follows-upgrade", 1);

  private PoolsOfUpgrade() {}

  /**
   * What becomes of the pools.
   *
   * @param runs the pools that follow, each with the run that will roll it
   * @param leftOut the others
   */
  public record Following(List<PoolRun> runs, List<LeftOut> leftOut) {

    public static final Following NONE = new Following(List.of(), List.of());

    public Following {
      runs = List.copyOf(runs);
      leftOut = List.copyOf(leftOut);
    }
  }

  /** A pool that does not follow, and why. */
  public record LeftOut(PoolId pool, Decision decision) {}

  /**
   * Pools follow that run and have older nodes.
   *
   * @throws io.keelson.commands.CommandRejected when nodes of such a pool are being added, removed
   *     or replaced
   */
  public static Following following(OperationId upgrade, KubernetesVersion target, Pools pools) {
    List<PoolRun> runs = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    List<Holder.OfPool> held = new ArrayList<>();
    pools
        .present()
        .forEach(
            (id, pool) -> {
              Optional<Decision> decision = leftOut(id, pool, target);
              Holder holder = pool.holderOfNodes();
              if (decision.isPresent()) {
                leftOut.add(new LeftOut(id, decision.get()));
              } else if (holder != null) {
                held.add(new Holder.OfPool(id, holder));
              } else {
                runs.add(new PoolRun(id, run(upgrade, id)));
              }
            });
    if (!held.isEmpty()) {
      throw Holder.rejection(held);
    }
    return new Following(runs, leftOut);
  }

  private static Optional<Decision> leftOut(PoolId id, PoolState pool, KubernetesVersion target) {
    if (pool.nodes().oldest().compareTo(target) >= 0) {
      return Optional.of(
          decided(
              id,
              pool,
              target,
              Verdict.REFUSED,
              "The nodes of the pool have " + target + " already."));
    }
    return switch (pool.phase()) {
      case CREATING, RUNNING -> Optional.empty();
      case CREATION_FAILED ->
          Optional.of(
              decided(
                  id,
                  pool,
                  target,
                  Verdict.HELD,
                  "The pool is incomplete because its creation failed; it can be upgraded by itself"
                      + " once a change has completed it."));
      case DELETING, DELETION_FAILED ->
          Optional.of(
              decided(
                  id,
                  pool,
                  target,
                  Verdict.REFUSED,
                  "The pool is being deleted, so its nodes are not replaced."));
    };
  }

  private static Decision decided(
      PoolId id, PoolState pool, KubernetesVersion target, Verdict verdict, String explanation) {
    return FOLLOWS.decided(
        "pool/" + id,
        verdict,
        Map.of(
            "oldest_node", pool.nodes().oldest().toString(),
            "phase", pool.phase().name().toLowerCase(Locale.ROOT),
            "target", target.toString()),
        explanation);
  }

  private static OperationId run(OperationId upgrade, PoolId pool) {
    return new OperationId(Id.derived("pool-upgrade", upgrade.toString(), pool.toString()));
  }

  /** Once the control plane is done, each planned pool that is not deleted is rolled. */
  public static List<PoolEvent> started(
      ClusterId cluster,
      OperationId upgrade,
      KubernetesVersion target,
      List<PoolRun> runs,
      Pools pools) {
    return runs.stream()
        .flatMap(
            run ->
                pools.pool(run.pool()).stream()
                    .<PoolEvent>map(
                        pool ->
                            PoolRollDecider.started(
                                cluster, run.pool(), run.run(), upgrade, pool, target)))
        .toList();
  }
}
