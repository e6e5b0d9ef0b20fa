package io.keelson.aggregates.cluster;

import io.keelson.aggregates.pool.Pools;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationStarted;
import io.keelson.commands.spec.ClusterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What every phase of a present cluster knows.
 *
 * @param started the newest runs that customers started in this stream, in their order: none of
 *     them starts twice. Creations are recognized by what they have created
 */
record ClusterFacts(
    ClusterCreationStarted created,
    ControlPlaneFacts controlPlane,
    AccessRules accessRules,
    ClusterActions actions,
    List<OperationId> started,
    Pools pools,
    ClusterHealth health) {

  /** A limit on what a state can grow to: a caller repeats a request soon, or never. */
  static final int MAX_STARTED = 100;

  ClusterFacts {
    started =
        List.copyOf(started.subList(Math.max(0, started.size() - MAX_STARTED), started.size()));
  }

  static ClusterFacts of(ClusterCreationStarted e) {
    return new ClusterFacts(
        e,
        ControlPlaneFacts.of(e.spec()),
        AccessRules.initial(e.clusterId()),
        ClusterActions.NONE,
        List.of(),
        Pools.NONE,
        ClusterHealth.UNKNOWN);
  }

  /** The desired state of the cluster. */
  ClusterSpec spec() {
    return controlPlane.spec();
  }

  /** The runs that have not ended, except those for the cluster as a whole. */
  List<OperationId> operations() {
    return Stream.of(
            pools.operations().stream(),
            accessRules.changes().stream(),
            actions.operations().stream())
        .flatMap(operations -> operations)
        .toList();
  }

  /** No node has an older version; without pools, that of the control plane. */
  KubernetesVersion oldestNode() {
    return pools.oldestNode().orElse(controlPlane.version());
  }

  ClusterFacts with(ControlPlaneFacts changed) {
    return new ClusterFacts(created, changed, accessRules, actions, started, pools, health);
  }

  ClusterFacts with(AccessRules changed) {
    return new ClusterFacts(created, controlPlane, changed, actions, started, pools, health);
  }

  ClusterFacts with(Pools changed) {
    return new ClusterFacts(created, controlPlane, accessRules, actions, started, changed, health);
  }

  ClusterFacts with(ClusterHealth changed) {
    return new ClusterFacts(created, controlPlane, accessRules, actions, started, pools, changed);
  }

  ClusterFacts with(ClusterActions changed) {
    return new ClusterFacts(created, controlPlane, accessRules, changed, started, pools, health);
  }

  /** A customer has started a run. */
  ClusterFacts started(OperationId operation) {
    List<OperationId> all = new ArrayList<>(started);
    all.remove(operation);
    all.add(operation);
    return new ClusterFacts(created, controlPlane, accessRules, actions, all, pools, health);
  }

  /** The deletion of the cluster ends every other run, those for its pools included. */
  ClusterFacts deleting(OperationId operation) {
    return with(accessRules.stopped())
        .with(ClusterActions.NONE)
        .started(operation)
        .with(pools.deleting(operation));
  }
}
