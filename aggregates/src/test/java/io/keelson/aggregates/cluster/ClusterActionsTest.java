package io.keelson.aggregates.cluster;

import static io.keelson.aggregates.cluster.Clusters.CLUSTER;
import static io.keelson.aggregates.cluster.Clusters.OTHER;
import static io.keelson.aggregates.cluster.Clusters.TOKEN;
import static io.keelson.aggregates.cluster.Clusters.inService;
import static io.keelson.aggregates.cluster.SampleCommands.DELETE;
import static io.keelson.aggregates.cluster.SampleCommands.RESET_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.ClusterAction;
import io.keelson.commands.cluster.ActionEvent.ClusterActionFinished;
import io.keelson.commands.cluster.ActionEvent.ClusterActionStarted;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterAction;
import io.keelson.commands.cluster.ClusterCommand.StartClusterAction;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionStarted;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterActionsTest {
  private static final StartClusterAction ROTATE =
      new StartClusterAction(CLUSTER, OTHER, ClusterAction.ROTATE_ENCRYPTION_KEY);

  @Test
  void an_action_does_not_wait_for_another_one() {
    assertThat(ClusterDecider.decide(ROTATE, inService(RESET_TOKEN)))
        .isEqualTo(
            List.of(new ClusterActionStarted(CLUSTER, OTHER, ClusterAction.ROTATE_ENCRYPTION_KEY)));
  }

  @Test
  void a_run_ends_its_own_action() {
    ClusterState both = inService(RESET_TOKEN, ROTATE);

    assertThat(ClusterDecider.decide(new FinishClusterAction(CLUSTER, OTHER), both))
        .isEqualTo(
            List.of(
                new ClusterActionFinished(CLUSTER, OTHER, ClusterAction.ROTATE_ENCRYPTION_KEY)));
    assertThat(ClusterDecider.decide(new FinishClusterAction(CLUSTER, TOKEN), both))
        .isEqualTo(
            List.of(new ClusterActionFinished(CLUSTER, TOKEN, ClusterAction.RESET_ADMIN_TOKEN)));
  }

  @Test
  void the_deletion_of_the_cluster_supersedes_all_actions() {
    assertThat(ClusterDecider.decide(DELETE, inService(RESET_TOKEN, ROTATE)))
        .filteredOn(ClusterDeletionStarted.class::isInstance)
        .singleElement()
        .satisfies(
            event ->
                assertThat(((ClusterDeletionStarted) event).superseded()).contains(TOKEN, OTHER));
  }
}
