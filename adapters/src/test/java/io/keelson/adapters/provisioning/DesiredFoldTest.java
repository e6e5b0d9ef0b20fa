package io.keelson.adapters.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.provisioning.Desired.OfAcl;
import io.keelson.adapters.provisioning.Desired.OfControlPlane;
import io.keelson.adapters.provisioning.Desired.OfPool;
import io.keelson.commands.OperationId;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeFailed;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationFinished;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterTypeChangeStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateFailed;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeStarted;
import io.keelson.commands.cluster.PoolHealth;
import io.keelson.commands.operation.ControlPlaneTarget;
import io.keelson.commands.pool.PoolEvent.NodeReplacementStarted;
import io.keelson.commands.pool.PoolEvent.PoolCreationFinished;
import io.keelson.commands.pool.PoolEvent.PoolDeletionFinished;
import io.keelson.commands.pool.PoolEvent.PoolDeletionStarted;
import io.keelson.commands.pool.PoolEvent.PoolObserved;
import io.keelson.commands.spec.ClusterType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DesiredFoldTest {

  private final Facts facts = new Facts();
  private final OperationId run = Facts.run();

  private static Desired fold(ClusterEvent first, ClusterEvent... others) {
    Desired desired = after(null, first);
    for (ClusterEvent event : others) {
      desired = after(desired, event);
    }
    return desired;
  }

  private static Desired after(@Nullable Desired before, ClusterEvent event) {
    return Objects.requireNonNull(DesiredFold.after(before, event));
  }

  @Test
  void a_control_plane_follows_each_change() {
    OfControlPlane created = (OfControlPlane) fold(facts.clusterCreation());
    assertThat(created.runs().running()).containsExactly(facts.creation);

    OfControlPlane renamed =
        (OfControlPlane)
            fold(
                facts.clusterCreation(),
                new ClusterCreationFinished(facts.cluster, facts.creation),
                facts.rename(run, "beta"));
    assertThat(renamed.spec())
        .isEqualTo(Facts.clusterSpec().with(facts.rename(run, "beta").after()));
    assertThat(renamed.runs().running()).containsExactly(run);

    OfControlPlane typed =
        (OfControlPlane)
            after(
                renamed,
                new ClusterTypeChangeStarted(
                    facts.cluster,
                    run,
                    new ControlPlaneTarget(3, Facts.OLD, 3),
                    ClusterType.KAPSULE_DEDICATED_4,
                    ClusterType.KAPSULE_DEDICATED_16));
    assertThat(typed.spec().type()).isEqualTo(ClusterType.KAPSULE_DEDICATED_16);

    OfControlPlane failed =
        (OfControlPlane) after(typed, new ClusterUpdateFailed(facts.cluster, run, "reason"));
    assertThat(failed).isEqualTo(typed.with(Runs.NONE));
  }

  @Test
  void an_upgrade_changes_the_version_of_the_control_plane() {
    ClusterUpgradeStarted upgrade =
        new ClusterUpgradeStarted(
            facts.cluster,
            run,
            new ControlPlaneTarget(2, Facts.NEW, 3),
            Facts.OLD,
            "cilium",
            List.of(),
            Ends.withdrawn(facts, run).decision());

    assertThat(((OfControlPlane) fold(facts.clusterCreation(), upgrade)).spec().version())
        .isEqualTo(Facts.NEW);
  }

  @Test
  void a_pool_follows_each_change_and_drops_superseded_runs() {
    OperationId newer = Facts.run();
    OfPool pool =
        (OfPool)
            fold(
                facts.poolCreation(),
                new PoolCreationFinished(facts.cluster, facts.pool, facts.creation),
                facts.poolUpdate(run, 2, "old"),
                facts.poolUpdate(newer, 3, "new", run));
    assertThat(pool.spec().nodes().labels()).containsEntry("label", "new");
    assertThat(pool.runs().running()).containsExactly(newer);

    OfPool rolled = (OfPool) after(pool, facts.poolUpgrade(run, 4));
    assertThat(rolled.spec().version()).isEqualTo(Facts.NEW);
    assertThat(rolled.runs().running()).containsExactly(newer, run);
  }

  @Test
  void a_replacement_adds_its_run_only() {
    NodeReplacementStarted replacement =
        new NodeReplacementStarted(
            facts.cluster,
            facts.pool,
            Facts.newNode(),
            run,
            facts.target(4, 2),
            UpgradePolicy.DEFAULT);
    OfPool pool = (OfPool) fold(facts.poolCreation(), replacement);
    assertThat(pool.runs().running()).containsExactly(facts.creation, run);
    assertThat(pool.spec()).isEqualTo(facts.poolCreation().spec());
  }

  @Test
  void a_deletion_ends_the_runs_first_and_the_desired_state_at_its_end() {
    PoolDeletionStarted started =
        new PoolDeletionStarted(facts.cluster, facts.pool, run, false, List.of(facts.creation));
    OfPool pool = (OfPool) fold(facts.poolCreation(), started);
    assertThat(pool.runs()).isEqualTo(Runs.NONE);
    assertThat(DesiredFold.after(pool, new PoolDeletionFinished(facts.cluster, facts.pool, run)))
        .isNull();

    OfControlPlane cluster =
        (OfControlPlane)
            fold(
                facts.clusterCreation(),
                new ClusterDeletionStarted(
                    facts.cluster, run, true, List.of(), List.of(facts.creation)));
    assertThat(cluster.runs()).isEqualTo(Runs.NONE);
    assertThat(DesiredFold.after(cluster, facts.deletion())).isNull();
  }

  @Test
  void rules_are_those_of_the_newest_change() {
    OperationId newer = Facts.run();
    OfAcl acl =
        (OfAcl) fold(facts.aclChange(run, 1, "::/0"), facts.aclChange(newer, 2, "10.0.0.1"));
    assertThat(acl.rules()).containsExactly(Facts.rule("10.0.0.1"));
    OfAcl failed = (OfAcl) after(acl, new AclChangeFailed(facts.cluster, newer, "reason"));
    assertThat(failed.rules()).isEqualTo(acl.rules());
    assertThat(failed.runs().running()).containsExactly(run);
  }

  @Test
  void observations_change_no_desired_state() {
    assertThat(
            DesiredFold.target(
                new PoolObserved(facts.cluster, facts.pool, PoolHealth.ABSENT, PoolHealth.ABSENT)))
        .isEmpty();
  }

  @Test
  void an_event_that_is_folded_twice_changes_nothing_more() {
    ClusterEvent update = facts.poolUpdate(run, 2, "new", facts.creation);
    assertThat(fold(facts.poolCreation(), update, update))
        .isEqualTo(fold(facts.poolCreation(), update));
  }
}
