package io.keelson.adapters.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.ClusterAction;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.ComponentsTarget;
import io.keelson.commands.operation.RequestEvent;
import io.keelson.commands.operation.RequestEvent.AclRequested;
import io.keelson.commands.operation.RequestEvent.AdditionalResourcesRemovalRequested;
import io.keelson.commands.operation.RequestEvent.ClusterActionRequested;
import io.keelson.commands.operation.RequestEvent.ClusterRemovalRequested;
import io.keelson.commands.operation.RequestEvent.ComponentsRequested;
import io.keelson.commands.operation.RequestEvent.NodeRebootRequested;
import io.keelson.commands.operation.RequestEvent.PoolObservationAwaited;
import io.keelson.commands.operation.RequestEvent.PoolRemovalRequested;
import io.keelson.commands.operation.TargetObservation;
import io.keelson.commands.operation.TargetObservation.OfAdditionalResources;
import io.keelson.commands.operation.TargetObservation.OfCluster;
import io.keelson.commands.operation.TargetObservation.OfComponents;
import io.keelson.commands.operation.TargetObservation.OfControlPlane;
import io.keelson.commands.operation.TargetObservation.OfNode;
import io.keelson.commands.operation.TargetObservation.OfPool;
import io.keelson.commands.provisioning.Observation;
import io.keelson.commands.provisioning.ObservedCluster;
import io.keelson.commands.provisioning.ObservedNode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TargetPartTest {

  private final Facts facts = new Facts();
  private final NodeId node = Facts.newNode();
  private final ObservedNode shown = facts.observedNode(node, NodePhase.READY);
  private final ObservedNode foreign =
      new ObservedNode(
          Facts.newNode(),
          new PoolId(UUID.randomUUID()),
          "m",
          Facts.OLD,
          NodePhase.READY,
          "",
          shown.conditions(),
          "",
          "");
  private final ObservedCluster cluster = facts.observed(3, shown, foreign);
  private final Observation present = new Observation.Present(cluster);

  private static Optional<TargetObservation> part(RequestEvent request, Observation observation) {
    return TargetPart.of(request, observation);
  }

  @Test
  void each_request_gets_the_part_that_is_about_its_target() {
    OfPool pool = new OfPool(facts.observedPool(3), List.of(shown));
    assertThat(part(facts.controlPlaneRequest(), present))
        .contains(new OfControlPlane(cluster.controlPlane()));
    assertThat(
            part(
                new ComponentsRequested(
                    facts.creation,
                    facts.cluster,
                    new ComponentsTarget(1, Facts.OLD, List.of("coredns"))),
                present))
        .contains(new OfComponents(cluster.components()));
    assertThat(part(facts.poolRequest(facts.creation, 1), present)).contains(pool);
    assertThat(part(awaited(), present)).contains(pool);
    assertThat(part(poolRemoval(), present)).contains(pool);
    assertThat(part(reboot(node), present)).contains(new OfNode(shown));
    assertThat(part(resources(), present)).contains(new OfAdditionalResources(1));
    assertThat(part(clusterRemoval(), present)).contains(new OfCluster(false));
  }

  @Test
  void what_is_done_once_it_is_accepted_has_no_part() {
    assertThat(part(new AclRequested(facts.creation, facts.cluster, 1), present)).isEmpty();
    assertThat(
            part(
                new ClusterActionRequested(
                    facts.creation, facts.cluster, ClusterAction.RESET_ADMIN_TOKEN),
                present))
        .isEmpty();
  }

  @Test
  void the_absence_of_a_target_proves_its_removal_only() {
    Facts other = new Facts();
    Observation without = new Observation.Present(other.observed(3));
    assertThat(part(poolRemoval(), without)).contains(new OfPool(null, List.of()));
    assertThat(part(reboot(node), without)).contains(new OfNode(null));
    assertThat(part(facts.poolRequest(facts.creation, 1), without)).isEmpty();
    assertThat(part(awaited(), without)).isEmpty();
  }

  @Test
  void the_absence_of_the_cluster_proves_removals_only() {
    Observation absent = new Observation.Absent();
    assertThat(part(poolRemoval(), absent)).contains(new OfPool(null, List.of()));
    assertThat(part(resources(), absent)).contains(new OfAdditionalResources(0));
    assertThat(part(clusterRemoval(), absent)).contains(new OfCluster(true));
    assertThat(part(facts.controlPlaneRequest(), absent)).isEmpty();
    assertThat(part(facts.poolRequest(facts.creation, 1), absent)).isEmpty();
    assertThat(part(reboot(node), absent)).isEmpty();
    assertThat(part(awaited(), absent)).isEmpty();
  }

  @Test
  void nothing_follows_from_a_back_end_that_cannot_be_reached() {
    assertThat(part(clusterRemoval(), new Observation.Unreachable("fog"))).isEmpty();
  }

  private RequestEvent awaited() {
    return new PoolObservationAwaited(facts.creation, facts.cluster, facts.pool);
  }

  private RequestEvent poolRemoval() {
    return new PoolRemovalRequested(facts.creation, facts.cluster, facts.pool);
  }

  private RequestEvent reboot(NodeId id) {
    return new NodeRebootRequested(facts.creation, facts.cluster, facts.pool, id);
  }

  private RequestEvent resources() {
    return new AdditionalResourcesRemovalRequested(facts.creation, facts.cluster);
  }

  private RequestEvent clusterRemoval() {
    return new ClusterRemovalRequested(facts.creation, facts.cluster);
  }
}
