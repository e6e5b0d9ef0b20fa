package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.OpenIdConnect;
import io.keelson.commands.OperationId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.cluster.AutoUpgrade;
import io.keelson.commands.cluster.AutoscalerConfig;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationStarted;
import io.keelson.commands.cluster.ClusterSpec;
import io.keelson.commands.cluster.ClusterType;
import io.keelson.commands.cluster.PoolSpec;
import io.keelson.commands.cluster.UpgradePolicy;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.projections.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Events, specs and instants that several tests begin with. */
final class Examples {

  static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(1, 1));
  static final ProjectId PROJECT = new ProjectId(new UUID(2, 1));
  static final String REGION = "fr-par";
  static final ClusterId CLUSTER = new ClusterId(new UUID(3, 1));
  static final PoolId POOL = new PoolId(new UUID(4, 1));
  static final NodeId NODE = new NodeId(new UUID(5, 1));
  static final OperationId OPERATION = new OperationId(new UUID(6, 1));
  static final Instant START = Instant.parse("2026-07-03T09:13:59.300254Z");

  private Examples() {}

  /** The event as number {@code version} of its stream, recorded that many seconds after start. */
  static <E> Delivery<E> at(long version, E event) {
    return new Delivery<>(event, version, instant(version), Map.of());
  }

  static Instant instant(long version) {
    return START.plusSeconds(version);
  }

  static ClusterSpec clusterSpec(String name, ClusterType type, String version) {
    return new ClusterSpec(
        name,
        "what it is for",
        List.of("a", "b"),
        type,
        KubernetesVersion.of(version),
        "cilium",
        AutoscalerConfig.DEFAULT,
        AutoUpgrade.DEFAULT,
        List.of(),
        List.of(),
        OpenIdConnect.NONE,
        List.of(),
        new UUID(7, 1),
        "100.64.0.0/15",
        "10.32.0.0/20",
        "10.32.0.10");
  }

  static PoolSpec poolSpec(String name) {
    return new PoolSpec(
        name,
        KubernetesVersion.of("1.35.3"),
        "pro2_xxs",
        null,
        false,
        2,
        0,
        5,
        "containerd",
        true,
        List.of(),
        Map.of(),
        UpgradePolicy.DEFAULT,
        "fr-par-1",
        "sbs_5k",
        20_000_000_000L,
        false,
        new UUID(8, 1),
        Map.of("team", "blue"),
        List.of(),
        List.of(),
        null);
  }

  static ClusterCreationStarted clusterStarted(ClusterType type) {
    return new ClusterCreationStarted(
        CLUSTER,
        OPERATION,
        ORGANIZATION,
        PROJECT,
        REGION,
        clusterSpec("prod", type, "1.35.3"),
        List.of());
  }

  static PoolCreationStarted poolStarted(PoolId pool) {
    return new PoolCreationStarted(CLUSTER, pool, OPERATION, 1, poolSpec("default"));
  }

  static ObservedNode observed(NodeId node, String name, ObservedNode.Phase phase) {
    return new ObservedNode(
        node,
        POOL,
        name,
        KubernetesVersion.of("1.35.3"),
        phase,
        "scaleway://instance/fr-par-1/" + node,
        Map.of("Ready", "True"),
        "");
  }
}
