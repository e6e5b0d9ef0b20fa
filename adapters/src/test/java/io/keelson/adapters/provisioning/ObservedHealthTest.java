package io.keelson.adapters.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.cluster.AttachedResource;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
import io.keelson.commands.cluster.ControlPlaneHealth;
import io.keelson.commands.cluster.PoolHealth;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ObservedHealthTest {

  private final Facts facts = new Facts();

  @Test
  void a_control_plane_is_available_by_its_condition_alone() {
    assertThat(ObservedHealth.of(Facts.controlPlane(3)).available()).isFalse();
    assertThat(ObservedHealth.of(Facts.controlPlane(1, Facts.is("Available", "True"))).available())
        .isTrue();
  }

  @Test
  void counts_and_progress_are_no_part_of_the_health() {
    ControlPlaneHealth calm =
        ObservedHealth.of(
            Facts.controlPlane(3, Facts.is("Available", "True"), Facts.is("RollingOut", "False")));
    ControlPlaneHealth moving =
        ObservedHealth.of(
            Facts.controlPlane(
                1,
                Facts.is("Available", "True"),
                Facts.is("RollingOut", "True"),
                Facts.is("ScalingUp", "True"),
                Facts.is("ScalingDown", "Unknown"),
                Facts.is("Remediating", "True"),
                Facts.is("Deleting", "False")));
    assertThat(moving).isEqualTo(calm);
    assertThat(calm).isEqualTo(new ControlPlaneHealth(true, List.of(Facts.OLD), List.of()));
  }

  @Test
  void a_condition_that_is_false_is_trouble_and_an_unknown_one_is_not() {
    assertThat(
            ObservedHealth.of(
                    Facts.controlPlane(
                        3,
                        Facts.is("EtcdClusterHealthy", "False"),
                        Facts.is("CertificatesAvailable", "Unknown"),
                        Facts.is("ControlPlaneComponentsHealthy", "True")))
                .troubles())
        .containsExactly("EtcdClusterHealthy=False");
  }

  @Test
  void a_pool_that_is_not_available_is_in_progress_and_a_blocked_one_in_trouble() {
    assertThat(ObservedHealth.of(facts.observedPool(0)))
        .isEqualTo(new PoolHealth(true, List.of()))
        .isEqualTo(ObservedHealth.of(facts.observedPool(2)));
    assertThat(ObservedHealth.of(facts.observedPool(0, "quota")).troubles())
        .containsExactly("quota");
  }

  @Test
  void a_cluster_is_its_parts() {
    assertThat(ObservedHealth.of(facts.observed(3)))
        .isEqualTo(
            new RecordClusterObserved(
                facts.cluster,
                new ControlPlaneHealth(true, List.of(Facts.OLD), List.of()),
                List.of(),
                Map.of(facts.pool, new PoolHealth(true, List.of())),
                List.of(new AttachedResource(new UUID(5, 5), "volume", "data"))));
  }
}
