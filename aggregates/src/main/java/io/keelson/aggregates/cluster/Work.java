package io.keelson.aggregates.cluster;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.keelson.aggregates.pool.Holder;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.PoolRun;
import java.util.List;
import java.util.stream.Stream;

/** The change of a running cluster as a whole that is in progress: one at a time. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "work")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Work.Updating.class, name = "updating"),
  @JsonSubTypes.Type(value = Work.ChangingType.class, name = "changing-type"),
  @JsonSubTypes.Type(value = Work.Upgrading.class, name = "upgrading")
})
sealed interface Work {

  OperationId operation();

  /** What a rejection says of the cluster. */
  default Holder holder() {
    return switch (this) {
      case Updating w -> new Holder("being updated", w.operation());
      case ChangingType w -> new Holder("being moved to another type", w.operation());
      case Upgrading w -> new Holder("being upgraded", w.operation());
    };
  }

  record Updating(OperationId operation) implements Work {}

  record ChangingType(OperationId operation) implements Work {}

  /**
   * First the control plane moves, then the pools that follow it.
   *
   * @param pools that it waits for: one leaves the list when its own run ends, or when its deletion
   *     starts
   * @param left pools whose deletion started before the control plane was done
   */
  record Upgrading(
      OperationId operation,
      KubernetesVersion before,
      KubernetesVersion after,
      boolean controlPlaneDone,
      List<PoolRun> pools,
      List<PoolId> left)
      implements Work {

    public Upgrading {
      pools = List.copyOf(pools);
      left = List.copyOf(left);
    }

    /** The pools that it waits for. */
    List<PoolId> awaited() {
      return pools.stream().map(PoolRun::pool).toList();
    }

    Upgrading withControlPlane() {
      return new Upgrading(operation, before, after, true, pools, List.of());
    }

    Upgrading without(PoolId pool) {
      return new Upgrading(
          operation,
          before,
          after,
          controlPlaneDone,
          pools.stream().filter(run -> !run.pool().equals(pool)).toList(),
          controlPlaneDone || !awaited().contains(pool)
              ? left
              : Stream.concat(left.stream(), Stream.of(pool)).toList());
    }
  }
}
