package io.keelson.aggregates.cluster;

import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.OpenIdConnect;
import io.keelson.commands.OperationId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.cluster.AutoUpgrade;
import io.keelson.commands.cluster.AutoscalerConfig;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.CreateCluster;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterSpec;
import io.keelson.commands.cluster.ClusterType;
import io.keelson.commands.cluster.Pool;
import io.keelson.commands.cluster.PoolSpec;
import io.keelson.commands.provisioning.AdditionalResource;
import io.keelson.commands.provisioning.Condition;
import io.keelson.commands.provisioning.ObservedCluster;
import io.keelson.commands.provisioning.ObservedComponents;
import io.keelson.commands.provisioning.ObservedControlPlane;
import io.keelson.commands.provisioning.ObservedPool;
import io.keelson.commands.provisioning.Replicas;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sample clusters for the tests of this package. */
final class Clusters {

  static final ClusterId CLUSTER = new ClusterId(Id.derived("test", "cluster"));
  static final OperationId CREATION = new OperationId(Id.derived("test", "creation"));
  static final OperationId UPDATE = new OperationId(Id.derived("test", "update"));
  static final OperationId DELETION = new OperationId(Id.derived("test", "deletion"));
  static final OperationId SCALING = new OperationId(Id.derived("test", "scaling"));
  static final OperationId POOL_DELETION = new OperationId(Id.derived("test", "pool-deletion"));
  static final OperationId CHANGE = new OperationId(Id.derived("test", "change"));
  static final OperationId TYPE_CHANGE = new OperationId(Id.derived("test", "type-change"));
  static final OperationId UPGRADING = new OperationId(Id.derived("test", "upgrading"));
  static final OperationId ACL = new OperationId(Id.derived("test", "acl"));
  static final OperationId TOKEN = new OperationId(Id.derived("test", "token"));
  static final OperationId ROLLING = new OperationId(Id.derived("test", "rolling"));
  static final OperationId REPLACEMENT = new OperationId(Id.derived("test", "replacement"));
  static final OperationId REMOVAL = new OperationId(Id.derived("test", "removal"));
  static final OperationId OTHER = new OperationId(Id.derived("test", "other"));
  static final PoolId POOL = new PoolId(Id.derived("test", "pool"));
  static final PoolId OTHER_POOL = new PoolId(Id.derived("test", "other-pool"));
  static final PoolId UNKNOWN_POOL = new PoolId(Id.derived("test", "unknown-pool"));
  static final NodeId NODE = new NodeId(Id.derived("test", "node"));
  static final NodeId OTHER_NODE = new NodeId(Id.derived("test", "other-node"));
  static final KubernetesVersion VERSION = KubernetesVersion.of("1.35.3");
  static final KubernetesVersion NEXT_VERSION = KubernetesVersion.of("1.36.1");

  /** The part of the cluster's upgrade that rolls the pool. */
  static final OperationId PLANNED_ROLL =
      new OperationId(Id.derived("pool-upgrade", UPGRADING.toString(), POOL.toString()));

  private Clusters() {}

  static CreateCluster wanted(String name) {
    return new CreateCluster(
        CLUSTER,
        CREATION,
        new OrganizationId(Id.derived("test", "organization")),
        new ProjectId(Id.derived("test", "project")),
        "fr-par",
        spec(name),
        List.of(new Pool(POOL, pool("default", 1))));
  }

  static ClusterSpec spec(String name) {
    return new ClusterSpec(
        name,
        "",
        List.of("blue"),
        ClusterType.KAPSULE,
        VERSION,
        "cilium",
        AutoscalerConfig.DEFAULT,
        AutoUpgrade.DEFAULT,
        List.of(),
        List.of(),
        OpenIdConnect.NONE,
        List.of(),
        UUID.fromString("11111111-2222-4333-8444-555555555555"),
        "100.64.0.0/15",
        "10.32.0.0/20",
        "10.32.0.10");
  }

  static PoolSpec pool(String name, int size) {
    return pool(name, "dev1_m", size);
  }

  static PoolSpec external(String name) {
    return pool(name, PoolSpec.EXTERNAL, 0);
  }

  private static PoolSpec pool(String name, String nodeType, int size) {
    return new PoolSpec(
        name,
        VERSION,
        nodeType,
        null,
        false,
        size,
        0,
        1,
        "containerd",
        false,
        List.of(),
        Map.of(),
        UpgradePolicy.DEFAULT,
        "fr-par-1",
        "l_ssd",
        40_000_000_000L,
        false,
        Id.derived("test", "security-group"),
        Map.of(),
        List.of(),
        List.of(),
        null,
        Map.of());
  }

  static ObservedCluster observed(int readyControlPlanes, int readyNodes) {
    return new ObservedCluster(
        CLUSTER,
        "uid",
        false,
        new ObservedControlPlane(
            1,
            new Replicas(1, 1, readyControlPlanes, readyControlPlanes, 1, Map.of(VERSION, 1)),
            List.of(new Condition("Available", "True", "", ""))),
        new ObservedComponents(1, Map.of("coredns", true)),
        List.of(
            new ObservedPool(
                POOL,
                1,
                new Replicas(1, 1, readyNodes, readyNodes, 1, Map.of(VERSION, 1)),
                List.of(),
                List.of())),
        List.of(),
        List.of(new AdditionalResource(Id.derived("test", "volume"), "volume", "data")));
  }

  static ClusterState after(ClusterCommand... commands) {
    ClusterState state = new ClusterState.Absent();
    for (ClusterCommand command : commands) {
      state = evolved(state, ClusterDecider.decide(command, state));
    }
    return state;
  }

  /** A refused command changes nothing. */
  static ClusterState applied(ClusterCommand command, ClusterState state) {
    try {
      return evolved(state, ClusterDecider.decide(command, state));
    } catch (CommandRejected e) {
      return state;
    }
  }

  static ClusterState evolved(ClusterState state, List<? extends ClusterEvent> events) {
    ClusterState next = state;
    for (ClusterEvent event : events) {
      next = ClusterEvolution.evolve(next, event);
    }
    return next;
  }

  /** The names of the events, a dash for none, or the reason of the refusal. */
  static String outcome(ClusterCommand command, ClusterState state) {
    try {
      List<? extends ClusterEvent> events = ClusterDecider.decide(command, state);
      return events.isEmpty()
          ? "-"
          : events.stream().map(e -> e.getClass().getSimpleName()).collect(Collectors.joining(","));
    } catch (CommandRejected e) {
      return "!" + e.reason();
    }
  }

  /** Which argument a command is refused for. */
  static @Nullable String argument(ClusterCommand command, ClusterState state) {
    try {
      ClusterDecider.decide(command, state);
      return null;
    } catch (CommandRejected e) {
      return e.argument();
    }
  }

  /** The only event of a command, of that kind. */
  static <E extends ClusterEvent> E only(
      Class<E> kind, ClusterCommand command, ClusterState state) {
    List<? extends ClusterEvent> events = ClusterDecider.decide(command, state);
    if (events.size() != 1) {
      throw new AssertionError("not one event: " + events);
    }
    return kind.cast(events.getFirst());
  }
}
