package io.keelson.sagas.operation;

import io.keelson.commands.Id;
import io.keelson.commands.OpenIdConnect;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.Origin;
import io.keelson.commands.ProjectId;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationStarted;
import io.keelson.commands.spec.ApiServerSettings;
import io.keelson.commands.spec.AutoUpgrade;
import io.keelson.commands.spec.AutoscalerConfig;
import io.keelson.commands.spec.ClusterChange;
import io.keelson.commands.spec.ClusterNetwork;
import io.keelson.commands.spec.ClusterSpec;
import io.keelson.commands.spec.ClusterType;
import io.keelson.commands.spec.MachineNetwork;
import io.keelson.commands.spec.MachineTemplate;
import io.keelson.commands.spec.NodeSettings;
import io.keelson.commands.spec.PoolScaling;
import io.keelson.commands.spec.PoolSpec;
import io.keelson.commands.spec.RootVolume;
import io.keelson.sagas.Runs;
import java.util.List;
import java.util.Map;

/** Specifications for the tests of this package. */
final class Samples {

  static final ProjectId PROJECT = new ProjectId(Id.derived("test", "project"));
  static final ClusterChange NO_CHANGE =
      new ClusterChange(null, null, null, null, null, null, null, null, null);

  /** Of what somebody has requested. */
  static final Origin ORIGIN =
      new Origin(
          Runs.LINEAGE.initiator(),
          Runs.LINEAGE.initiator(),
          Runs.LINEAGE.correlationId(),
          new Origin.Cause(Origin.REQUESTS, "request"),
          null,
          null,
          "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
          null);

  static final PoolSpec POOL =
      new PoolSpec(
          "default",
          Runs.VERSION,
          new MachineTemplate(
              "dev1_m",
              "fr-par-1",
              "containerd",
              new RootVolume("l_ssd", 40_000_000_000L),
              new MachineNetwork(false, Id.derived("test", "group"), null, null),
              Map.of()),
          new PoolScaling(false, 2, 0, 2),
          new NodeSettings(Map.of(), Map.of(), List.of(), List.of()),
          UpgradePolicy.DEFAULT,
          false,
          List.of());

  private Samples() {}

  static ClusterCreationStarted clusterCreationStarted(String cni) {
    return new ClusterCreationStarted(
        Runs.CLUSTER,
        Runs.OPERATION,
        new OrganizationId(Id.derived("test", "organization")),
        PROJECT,
        "fr-par",
        new ClusterSpec(
            "one",
            "",
            List.of(),
            ClusterType.KAPSULE_DEDICATED_4,
            Runs.VERSION,
            new ClusterNetwork(cni, null, "100.64.0.0/15", "10.32.0.0/20", "10.32.0.10"),
            new ApiServerSettings(List.of(), List.of(), OpenIdConnect.NONE, List.of()),
            AutoscalerConfig.DEFAULT,
            AutoUpgrade.DEFAULT),
        List.of(Runs.pool(Runs.ONE, 1)));
  }
}
