package io.keelson.aggregates.cluster;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.Plan.PoolRun;
import java.util.List;
import java.util.stream.Stream;

/** What is being done to a running cluster as a whole: one thing at a time. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "work")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Work.Updating.class, name = "updating"),
  @JsonSubTypes.Type(value = Work.ChangingType.class, name = "changing-type"),
  @JsonSubTypes.Type(value = Work.Upgrading.class, name = "upgrading")
})
sealed interface Work {

  OperationId operation();

  /** What it does, for people. */
  String text();

  record Updating(OperationId operation) implements Work {
    @Override
    public String text() {
      return "being updated";
    }
  }

  record ChangingType(OperationId operation) implements Work {
    @Override
    public String text() {
      return "changing its type";
    }
  }

  /**
   * First the control plane, then the pools that follow it.
   *
   * @param pools that it waits for: each is left out once its own run has ended, or it leaves
   * @param left pools that have left before their turn came
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

    @Override
    public String text() {
      return "being upgraded";
    }

    boolean awaits(PoolId pool) {
      return pools.stream().anyMatch(run -> run.pool().equals(pool));
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
          controlPlaneDone || !awaits(pool)
              ? left
              : Stream.concat(left.stream(), Stream.of(pool)).toList());
    }
  }
}
