package io.keelson.infra.app.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OpenIdConnect;
import io.keelson.commands.OperationId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionFinished;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateFailed;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateStarted;
import io.keelson.commands.operation.ControlPlaneTarget;
import io.keelson.commands.spec.ApiServerSettings;
import io.keelson.commands.spec.AutoUpgrade;
import io.keelson.commands.spec.AutoscalerConfig;
import io.keelson.commands.spec.ClusterNetwork;
import io.keelson.commands.spec.ClusterSpec;
import io.keelson.commands.spec.ClusterType;
import io.keelson.infra.eventstore.reservation.NameReservation;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterNamesTest {

  private static final ClusterId CLUSTER = new ClusterId(Id.derived("test", "cluster"));
  private static final OperationId OPERATION = new OperationId(Id.derived("test", "operation"));
  private static final ProjectId PROJECT = new ProjectId(Id.derived("test", "project"));
  private static final ProjectId OTHER = new ProjectId(Id.derived("test", "other"));

  private final ClusterNames names = new ClusterNames();

  @Test
  void a_name_is_taken_from_the_creation_on_until_the_end() {
    assertThat(names.of(created(PROJECT, "one"))).containsExactly(take(PROJECT, "one"));
    assertThat(names.of(new ClusterDeletionFinished(CLUSTER, OPERATION, PROJECT, "one")))
        .containsExactly(release(PROJECT, "one"));
  }

  @Test
  void another_name_is_taken_and_the_one_before_is_free() {
    assertThat(names.of(updated("one", "two")))
        .containsExactlyInAnyOrder(take(PROJECT, "two"), release(PROJECT, "one"));
  }

  @Test
  void a_change_that_keeps_the_name_reserves_nothing() {
    assertThat(names.of(updated("one", "one"))).isEmpty();
  }

  @Test
  void a_change_that_fails_keeps_its_name_as_the_cluster_does() {
    assertThat(names.of(new ClusterUpdateFailed(CLUSTER, OPERATION, "no"))).isEmpty();
  }

  @Test
  void a_name_is_another_one_in_another_project() {
    assertThat(names.of(created(PROJECT, "one"))).isNotEqualTo(names.of(created(OTHER, "one")));
  }

  private static NameReservation take(ProjectId project, String name) {
    return new NameReservation.Reserve("cluster-name/" + project + "/" + name, CLUSTER.value());
  }

  private static NameReservation release(ProjectId project, String name) {
    return new NameReservation.Release("cluster-name/" + project + "/" + name, CLUSTER.value());
  }

  private static ClusterCreationStarted created(ProjectId project, String name) {
    return new ClusterCreationStarted(
        CLUSTER,
        OPERATION,
        new OrganizationId(Id.derived("test", "organization")),
        project,
        "fr-par",
        spec(name),
        List.of());
  }

  private static ClusterUpdateStarted updated(String before, String after) {
    return new ClusterUpdateStarted(
        CLUSTER,
        OPERATION,
        PROJECT,
        new ControlPlaneTarget(2, KubernetesVersion.of("1.35.3"), 1),
        spec(after).changeTo(spec(before)),
        spec(before).changeTo(spec(after)));
  }

  private static ClusterSpec spec(String name) {
    return new ClusterSpec(
        name,
        "",
        List.of(),
        ClusterType.KAPSULE,
        KubernetesVersion.of("1.35.3"),
        new ClusterNetwork("cilium", null, "100.64.0.0/15", "10.32.0.0/20", "10.32.0.10"),
        new ApiServerSettings(List.of(), List.of(), OpenIdConnect.NONE, List.of()),
        AutoscalerConfig.DEFAULT,
        AutoUpgrade.DEFAULT);
  }
}
