package io.keelson.aggregates.cluster;

import static io.keelson.aggregates.cluster.SampleCommands.command;
import static io.keelson.aggregates.cluster.SampleCommands.name;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keelson.aggregates.cluster.ClusterState.Running;
import io.keelson.aggregates.pool.PoolState;
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
import io.keelson.commands.SecretRef;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.cluster.AttachedResource;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.CreateCluster;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ControlPlaneHealth;
import io.keelson.commands.cluster.PoolHealth;
import io.keelson.commands.pool.PoolCommand.FinishPoolCreation;
import io.keelson.commands.spec.ApiServerSettings;
import io.keelson.commands.spec.AutoUpgrade;
import io.keelson.commands.spec.AutoscalerConfig;
import io.keelson.commands.spec.ClusterNetwork;
import io.keelson.commands.spec.ClusterSpec;
import io.keelson.commands.spec.ClusterType;
import io.keelson.commands.spec.MachineNetwork;
import io.keelson.commands.spec.MachineTemplate;
import io.keelson.commands.spec.NodeSettings;
import io.keelson.commands.spec.Pool;
import io.keelson.commands.spec.PoolScaling;
import io.keelson.commands.spec.PoolSpec;
import io.keelson.commands.spec.RootVolume;
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

  static final ControlPlaneHealth AVAILABLE =
      new ControlPlaneHealth(true, List.of(VERSION), List.of());
  static final PoolHealth PRESENT = new PoolHealth(true, List.of());
  static final AttachedResource VOLUME =
      new AttachedResource(Id.derived("test", "volume"), "volume", "data");

  /** The part of the cluster's upgrade that rolls the pool. */
  static final OperationId PLANNED_ROLL =
      new OperationId(Id.derived("pool-upgrade", UPGRADING.toString(), POOL.toString()));

  private Clusters() {}

  static CreateCluster request(String name) {
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
        new ClusterNetwork(
            "cilium",
            UUID.fromString("11111111-2222-4333-8444-555555555555"),
            "100.64.0.0/15",
            "10.32.0.0/20",
            "10.32.0.10"),
        new ApiServerSettings(List.of(), List.of(), OpenIdConnect.NONE, List.of()),
        AutoscalerConfig.DEFAULT,
        AutoUpgrade.DEFAULT);
  }

  static PoolSpec pool(String name, int size) {
    return pool(name, "dev1_m", size, "22AAAAAAAAAAAAAAAAAAAA");
  }

  /** The same pool as {@link #pool}, with other user data. */
  static PoolSpec poolWithOtherUserData(String name, int size) {
    return pool(name, "dev1_m", size, "33AAAAAAAAAAAAAAAAAAAA");
  }

  static PoolSpec external(String name) {
    return pool(name, MachineTemplate.EXTERNAL, 0, "22AAAAAAAAAAAAAAAAAAAA");
  }

  private static PoolSpec pool(String name, String nodeType, int size, String mac) {
    return new PoolSpec(
        name,
        VERSION,
        new MachineTemplate(
            nodeType,
            "fr-par-1",
            "containerd",
            new RootVolume("l_ssd", 40_000_000_000L),
            new MachineNetwork(false, Id.derived("test", "security-group"), null, null),
            Map.of("cloud-init", new SecretRef(Id.derived("test", "secret", mac), mac))),
        new PoolScaling(false, size, 0, 1),
        new NodeSettings(Map.of(), Map.of(), List.of(), List.of()),
        UpgradePolicy.DEFAULT,
        false,
        List.of());
  }

  /** What the provider shows of a cluster in service. */
  static RecordClusterObserved observed() {
    return observed(AVAILABLE, List.of(), Map.of(POOL, PRESENT), List.of(VOLUME));
  }

  static RecordClusterObserved observed(
      ControlPlaneHealth controlPlane,
      List<String> componentsNotReady,
      Map<PoolId, PoolHealth> pools,
      List<AttachedResource> resources) {
    return new RecordClusterObserved(CLUSTER, controlPlane, componentsNotReady, pools, resources);
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

  /** The rejection of a command. */
  static CommandRejected rejection(ClusterCommand command, ClusterState state) {
    return catchThrowableOfType(CommandRejected.class, () -> ClusterDecider.decide(command, state));
  }

  /** A cluster with one pool, both in service. */
  static ClusterState inService(ClusterCommand... commands) {
    ClusterState state =
        after(
            request("one"),
            new FinishClusterCreation(CLUSTER, CREATION),
            new FinishPoolCreation(CLUSTER, POOL, CREATION));
    for (ClusterCommand command : commands) {
      state = applied(command, state);
    }
    return state;
  }

  /** What a cluster in service knows of its pool. */
  static PoolState poolState(ClusterState state) {
    return ((Running) state).facts().pools().pool(POOL).orElseThrow();
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
