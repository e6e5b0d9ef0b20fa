package io.keelson.aggregates.cluster;

import static io.keelson.aggregates.cluster.Clusters.CLUSTER;
import static io.keelson.aggregates.cluster.Clusters.CREATION;
import static io.keelson.aggregates.cluster.Clusters.NEXT_VERSION;
import static io.keelson.aggregates.cluster.Clusters.OTHER;
import static io.keelson.aggregates.cluster.Clusters.OTHER_POOL;
import static io.keelson.aggregates.cluster.Clusters.PLANNED_ROLL;
import static io.keelson.aggregates.cluster.Clusters.POOL;
import static io.keelson.aggregates.cluster.Clusters.POOL_DELETION;
import static io.keelson.aggregates.cluster.Clusters.ROLLING;
import static io.keelson.aggregates.cluster.Clusters.UPDATE;
import static io.keelson.aggregates.cluster.Clusters.UPGRADING;
import static io.keelson.aggregates.cluster.Clusters.VERSION;
import static io.keelson.aggregates.cluster.Clusters.after;
import static io.keelson.aggregates.cluster.Clusters.applied;
import static io.keelson.aggregates.cluster.Clusters.argument;
import static io.keelson.aggregates.cluster.Clusters.evolved;
import static io.keelson.aggregates.cluster.Clusters.inService;
import static io.keelson.aggregates.cluster.Clusters.only;
import static io.keelson.aggregates.cluster.Clusters.outcome;
import static io.keelson.aggregates.cluster.Clusters.pool;
import static io.keelson.aggregates.cluster.Clusters.request;
import static io.keelson.aggregates.cluster.SampleCommands.CONTROL_PLANE_DONE;
import static io.keelson.aggregates.cluster.SampleCommands.CREATED;
import static io.keelson.aggregates.cluster.SampleCommands.DELETE_POOL;
import static io.keelson.aggregates.cluster.SampleCommands.LABELS;
import static io.keelson.aggregates.cluster.SampleCommands.PLANNED_ROLL_DONE;
import static io.keelson.aggregates.cluster.SampleCommands.POOL_CREATED;
import static io.keelson.aggregates.cluster.SampleCommands.REMOVE;
import static io.keelson.aggregates.cluster.SampleCommands.REPLACE;
import static io.keelson.aggregates.cluster.SampleCommands.ROLL;
import static io.keelson.aggregates.cluster.SampleCommands.SCALE;
import static io.keelson.aggregates.cluster.SampleCommands.UPGRADE;
import static io.keelson.aggregates.cluster.SampleCommands.command;
import static io.keelson.aggregates.cluster.SampleCommands.createPool;
import static io.keelson.aggregates.cluster.SampleCommands.fail;
import static io.keelson.aggregates.cluster.SampleCommands.finish;
import static io.keelson.aggregates.cluster.SampleCommands.upgrade;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.aggregates.cluster.ClusterState.Running;
import io.keelson.commands.Decision;
import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.Verdict;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.CreateCluster;
import io.keelson.commands.cluster.ClusterCommand.FinishControlPlaneUpgrade;
import io.keelson.commands.cluster.ClusterCommand.UpgradeCluster;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ControlPlaneUpgraded;
import io.keelson.commands.cluster.ControlPlaneEvent.PoolLeftOut;
import io.keelson.commands.operation.ControlPlaneTarget;
import io.keelson.commands.operation.PoolRun;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.pool.PoolCommand.CreatePool;
import io.keelson.commands.pool.PoolCommand.FailPoolCreation;
import io.keelson.commands.pool.PoolCommand.FailPoolDeletion;
import io.keelson.commands.pool.PoolCommand.FailPoolUpgrade;
import io.keelson.commands.pool.PoolCommand.FinishPoolCreation;
import io.keelson.commands.pool.PoolCommand.FinishPoolDeletion;
import io.keelson.commands.pool.PoolCommand.FinishPoolUpgrade;
import io.keelson.commands.pool.PoolCommand.UpgradePool;
import io.keelson.commands.pool.PoolEvent.PoolDeletionStarted;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeStarted;
import io.keelson.commands.spec.Pool;
import io.keelson.commands.spec.PoolSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which versions a cluster may move to, and which pools follow. */
class ClusterUpgradeTest {

  private static final KubernetesVersion OLD = KubernetesVersion.of("1.32.4");
  private static final FinishPoolCreation OTHER_CREATED =
      new FinishPoolCreation(CLUSTER, OTHER_POOL, OTHER);

  private static ClusterState at(KubernetesVersion version, ClusterCommand... commands) {
    CreateCluster c = request("one");
    ClusterState state =
        after(
            new CreateCluster(
                c.clusterId(),
                c.operation(),
                c.organization(),
                c.project(),
                c.region(),
                c.spec().at(version),
                List.of(new Pool(POOL, pool("default", 1).at(version)))),
            CREATED,
            POOL_CREATED);
    for (ClusterCommand command : commands) {
      state = applied(command, state);
    }
    return state;
  }

  private static UpgradeCluster to(String version) {
    return upgrade(operation(version), KubernetesVersion.of(version), false);
  }

  private static OperationId operation(String version) {
    return new OperationId(Id.derived("test", "upgrade", version));
  }

  /** Its control plane has moved, and nothing else. */
  private static ClusterState moved(ClusterState state, String... versions) {
    ClusterState next = state;
    for (String version : versions) {
      OperationId operation = operation(version);
      next = applied(to(version), next);
      next = applied(new FinishControlPlaneUpgrade(CLUSTER, operation), next);
      next = applied(finish(operation), next);
    }
    return next;
  }

  @ParameterizedTest
  @CsvSource({
    "1.35.3, 1.35.4, ClusterUpgradeStarted",
    "1.35.3, 1.35.10, ClusterUpgradeStarted",
    "1.35.3, 1.36.0, ClusterUpgradeStarted",
    "1.35.3, 1.35.3, !INVALID",
    "1.35.3, 1.35.2, !INVALID",
    "1.35.3, 1.34.9, !INVALID",
    "1.35.3, 1.37.0, !INVALID",
    "1.35.3, 2.35.4, !INVALID",
    "1.35.3, 2.36.0, !INVALID",
  })
  void a_cluster_moves_to_a_later_patch_or_to_the_next_minor(
      String from, String target, String expected) {
    assertThat(outcome(to(target), at(KubernetesVersion.of(from)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1.32.4, 1.33.0 1.34.0 1.35.0, 1.36.0",
    "1.25.0, 1.26.0 1.27.0 1.28.0, 1.29.0",
    "1.24.9, 1.25.0 1.26.0, 1.27.0",
  })
  void no_node_is_left_more_minors_behind_than_the_policy_allows(
      String from, String on, String tooFar) {
    ClusterState behind = moved(at(KubernetesVersion.of(from)), on.split(" "));

    assertThat(outcome(to(tooFar), behind)).isEqualTo("!INVALID");
    assertThat(argument(to(tooFar), behind)).isEqualTo("version");
    KubernetesVersion now = ((Running) behind).facts().spec().version();
    ClusterState rolled =
        applied(
            new FinishPoolUpgrade(CLUSTER, POOL, ROLLING),
            applied(new UpgradePool(CLUSTER, POOL, ROLLING, now), behind));
    assertThat(outcome(to(tooFar), rolled)).isEqualTo("ClusterUpgradeStarted");
  }

  @Test
  void nodes_that_could_not_be_replaced_count_as_old_as_they_were() {
    ClusterState behind = moved(at(OLD), "1.33.0", "1.34.0", "1.35.0");
    UpgradePool roll = new UpgradePool(CLUSTER, POOL, ROLLING, KubernetesVersion.of("1.35.0"));

    assertThat(outcome(to("1.36.0"), applied(roll, behind))).isEqualTo("!INVALID");
    assertThat(
            outcome(
                to("1.36.0"),
                applied(new FailPoolUpgrade(CLUSTER, POOL, ROLLING, "no"), applied(roll, behind))))
        .isEqualTo("!INVALID");
    assertThat(outcome(to("1.36.0"), applied(DELETE_POOL, behind)))
        .as("its nodes may still be there")
        .isEqualTo("!INVALID");
    ClusterState without =
        applied(new FinishPoolDeletion(CLUSTER, POOL, POOL_DELETION), applied(DELETE_POOL, behind));
    assertThat(outcome(to("1.36.0"), without)).isEqualTo("ClusterUpgradeStarted");
  }

  @Test
  void an_upgrade_records_the_decision_by_the_version_skew_policy() {
    ClusterUpgradeStarted e = only(ClusterUpgradeStarted.class, UPGRADE, inService());

    assertThat(e)
        .isEqualTo(
            new ClusterUpgradeStarted(
                CLUSTER,
                UPGRADING,
                new ControlPlaneTarget(2, NEXT_VERSION, 1),
                VERSION,
                "cilium",
                List.of(new PoolRun(POOL, PLANNED_ROLL)),
                new Decision(
                    "version-skew",
                    1,
                    "cluster/" + CLUSTER,
                    Verdict.ACTED,
                    Map.of("api_servers", "1.35.3", "oldest_node", "1.35.3", "target", "1.36.1"),
                    "API servers of 1.35.3 may move to 1.36.1, which may serve nodes of 1.35.3.")));
  }

  @Test
  void without_pools_the_oldest_node_is_as_old_as_the_control_plane() {
    ClusterState none =
        inService(DELETE_POOL, new FinishPoolDeletion(CLUSTER, POOL, POOL_DELETION));
    ClusterUpgradeStarted e = only(ClusterUpgradeStarted.class, UPGRADE, none);
    assertThat(e.decision().inputs()).containsEntry("oldest_node", "1.35.3");
    assertThat(e.pools()).isEmpty();
  }

  @Test
  void every_pool_follows_in_a_run_of_its_own_if_that_is_requested() {
    ClusterState two = inService(createPool(OTHER_POOL, pool("other", 2)), OTHER_CREATED);

    ClusterUpgradeStarted e = only(ClusterUpgradeStarted.class, UPGRADE, two);
    assertThat(e.pools()).extracting(PoolRun::pool).containsExactlyInAnyOrder(POOL, OTHER_POOL);
    assertThat(e.pools().stream().map(PoolRun::run).distinct()).hasSize(2);
    assertThat(only(ClusterUpgradeStarted.class, upgrade(OTHER, NEXT_VERSION, false), two).pools())
        .isEmpty();
  }

  private static PoolLeftOut leftOut(
      PoolId pool, Verdict verdict, String oldest, String phase, String explanation) {
    return new PoolLeftOut(
        CLUSTER,
        UPGRADING,
        pool,
        new Decision(
            "pool-follows-upgrade",
            1,
            "pool/" + pool,
            verdict,
            Map.of("oldest_node", oldest, "phase", phase, "target", "1.36.2"),
            explanation));
  }

  @Test
  void a_pool_that_does_not_follow_is_left_out_with_a_decision() {
    UpgradeCluster patch = upgrade(UPGRADING, KubernetesVersion.of("1.36.2"), true);
    PoolLeftOut deleting =
        leftOut(
            POOL,
            Verdict.REFUSED,
            "1.35.3",
            "deleting",
            "The pool is being deleted, so its nodes are not replaced.");
    assertThat(ClusterDecider.decide(patch, inService(DELETE_POOL)))
        .hasSize(2)
        .last()
        .isEqualTo(deleting);
    assertThat(
            ClusterDecider.decide(
                patch,
                inService(
                    DELETE_POOL, new FailPoolDeletion(CLUSTER, POOL, POOL_DELETION, "stuck"))))
        .last()
        .isEqualTo(
            leftOut(
                POOL,
                Verdict.REFUSED,
                "1.35.3",
                "deletion_failed",
                "The pool is being deleted, so its nodes are not replaced."));
    ClusterState incomplete =
        after(request("one"), CREATED, new FailPoolCreation(CLUSTER, POOL, CREATION, "no room"));
    assertThat(ClusterDecider.decide(patch, incomplete))
        .last()
        .isEqualTo(
            leftOut(
                POOL,
                Verdict.HELD,
                "1.35.3",
                "creation_failed",
                "The pool is incomplete because its creation failed; it can be upgraded by itself"
                    + " once a change has completed it."));
    assertThat(
            ClusterDecider.decide(
                upgrade(UPGRADING, KubernetesVersion.of("1.36.2"), false), inService(DELETE_POOL)))
        .as("no pool was requested to follow")
        .hasSize(1);
  }

  @Test
  void a_pool_whose_nodes_have_the_version_already_is_left_out() {
    KubernetesVersion patch = KubernetesVersion.of("1.36.2");
    OperationId first = new OperationId(Id.derived("test", "first"));
    CreatePool creation = createPool(OTHER_POOL, another(VERSION));
    ClusterState state = inService(creation, OTHER_CREATED, upgrade(first, patch, true));
    state = applied(new FinishControlPlaneUpgrade(CLUSTER, first), state);
    state = applied(new FinishPoolUpgrade(CLUSTER, OTHER_POOL, run(first, OTHER_POOL)), state);
    state = applied(new FailPoolUpgrade(CLUSTER, POOL, run(first, POOL), "no"), state);
    state = applied(fail(first), state);

    List<? extends ClusterEvent> events =
        ClusterDecider.decide(upgrade(UPGRADING, patch, true), state);

    assertThat(((ClusterUpgradeStarted) events.getFirst()).pools())
        .containsExactly(new PoolRun(POOL, PLANNED_ROLL));
    assertThat(events.subList(1, events.size()))
        .isEqualTo(
            List.of(
                leftOut(
                    OTHER_POOL,
                    Verdict.REFUSED,
                    "1.36.2",
                    "running",
                    "The nodes of the pool have 1.36.2 already.")));
    assertThat(evolved(state, events.subList(1, events.size()))).isEqualTo(state);
  }

  private static PoolSpec another(KubernetesVersion version) {
    return pool("other", 1).at(version);
  }

  private static OperationId run(OperationId upgrade, PoolId pool) {
    return new OperationId(Id.derived("pool-upgrade", upgrade.toString(), pool.toString()));
  }

  @Test
  void no_pool_follows_while_its_nodes_are_added_or_removed() {
    CreatePool creating = createPool(OTHER_POOL, pool("other", 1));
    for (ClusterCommand busy : List.of(creating, SCALE, REMOVE, ROLL, REPLACE)) {
      assertThat(outcome(UPGRADE, inService(busy))).as(busy.toString()).isEqualTo("!BUSY");
      assertThat(argument(UPGRADE, inService(busy))).as(busy.toString()).isEqualTo("pool_id");
      assertThat(outcome(upgrade(UPGRADING, NEXT_VERSION, false), inService(busy)))
          .as("alone during " + busy)
          .isEqualTo("ClusterUpgradeStarted");
    }
  }

  @Test
  void the_rolls_start_in_the_transaction_in_which_the_control_plane_is_done() {
    List<? extends ClusterEvent> events =
        ClusterDecider.decide(CONTROL_PLANE_DONE, inService(LABELS, UPGRADE));

    assertThat(events)
        .isEqualTo(
            List.of(
                new ControlPlaneUpgraded(CLUSTER, UPGRADING, VERSION, NEXT_VERSION, List.of()),
                new PoolUpgradeStarted(
                    CLUSTER,
                    POOL,
                    PLANNED_ROLL,
                    UPGRADING,
                    new PoolTarget(POOL, 3, 1, NEXT_VERSION),
                    VERSION,
                    UpgradePolicy.DEFAULT,
                    List.of(UPDATE))));
  }

  @Test
  void an_upgrade_does_not_wait_for_a_pool_that_is_deleted() {
    ClusterState planned = inService(UPGRADE);
    assertThat(only(PoolDeletionStarted.class, DELETE_POOL, planned).superseded())
        .containsExactly(UPGRADING);
    assertThat(ClusterDecider.decide(CONTROL_PLANE_DONE, applied(DELETE_POOL, planned)))
        .singleElement()
        .isInstanceOf(ControlPlaneUpgraded.class);

    ClusterState rolling = applied(CONTROL_PLANE_DONE, planned);
    assertThat(only(PoolDeletionStarted.class, DELETE_POOL, rolling).superseded())
        .containsExactlyInAnyOrder(UPGRADING, PLANNED_ROLL);
    assertThat(outcome(PLANNED_ROLL_DONE, applied(DELETE_POOL, rolling))).isEqualTo("-");

    assertThat(
            only(PoolDeletionStarted.class, DELETE_POOL, applied(PLANNED_ROLL_DONE, rolling))
                .superseded())
        .as("the roll has ended")
        .isEmpty();
    assertThat(
            only(PoolDeletionStarted.class, DELETE_POOL, applied(fail(UPGRADING), rolling))
                .superseded())
        .as("the upgrade has ended, and the roll continues")
        .containsExactly(PLANNED_ROLL);
  }

  @Test
  void an_upgrade_waits_for_its_control_plane() {
    assertThat(outcome(finish(UPGRADING), inService(UPGRADE))).isEqualTo("-");
    assertThat(outcome(CONTROL_PLANE_DONE, inService(UPGRADE, CONTROL_PLANE_DONE))).isEqualTo("-");
  }

  @Test
  void an_upgrade_that_failed_can_be_requested_again_and_nothing_beyond_it() {
    ClusterState failed = inService(UPGRADE, fail(UPGRADING));

    ClusterUpgradeStarted again =
        only(ClusterUpgradeStarted.class, upgrade(OTHER, NEXT_VERSION, true), failed);
    assertThat(again.before()).as("running").isEqualTo(VERSION);
    assertThat(again.target().version()).isEqualTo(NEXT_VERSION);
    assertThat(outcome(to("1.36.2"), failed)).isEqualTo("ClusterUpgradeStarted");
    assertThat(outcome(to("1.37.0"), failed)).as("skips a minor").isEqualTo("!INVALID");
    assertThat(outcome(to("1.35.9"), failed)).as("an older patch").isEqualTo("!INVALID");
  }

  @Test
  void a_version_that_the_control_plane_did_not_reach_is_none_for_pools() {
    ClusterState failed = inService(UPGRADE, fail(UPGRADING));

    CreatePool newer = createPool(OTHER_POOL, another(NEXT_VERSION));
    UpgradePool roll = new UpgradePool(CLUSTER, POOL, ROLLING, NEXT_VERSION);
    assertThat(outcome(newer, failed)).isEqualTo("!BUSY");
    assertThat(outcome(roll, failed)).isEqualTo("!BUSY");
    ClusterState retried = moved(failed, "1.36.1");
    assertThat(outcome(newer, retried)).isEqualTo("PoolCreationStarted");
    assertThat(outcome(roll, retried)).isEqualTo("PoolUpgradeStarted");
  }

  @Test
  void pools_that_could_not_be_rolled_follow_when_the_upgrade_is_requested_again() {
    ClusterState failed =
        inService(
            UPGRADE,
            CONTROL_PLANE_DONE,
            new FailPoolUpgrade(CLUSTER, POOL, PLANNED_ROLL, "no"),
            fail(UPGRADING));

    ClusterUpgradeStarted again =
        only(ClusterUpgradeStarted.class, upgrade(OTHER, NEXT_VERSION, true), failed);
    assertThat(again.before()).isEqualTo(NEXT_VERSION);
    assertThat(again.pools()).extracting(PoolRun::pool).containsExactly(POOL);
    ClusterState done = inService(UPGRADE, CONTROL_PLANE_DONE, PLANNED_ROLL_DONE);
    assertThat(outcome(upgrade(OTHER, NEXT_VERSION, true), applied(finish(UPGRADING), done)))
        .isEqualTo("!INVALID");
  }

  @Test
  void no_pool_is_rolled_by_itself_while_the_control_plane_is_upgraded_once_more() {
    ClusterState again =
        inService(
            UPGRADE,
            CONTROL_PLANE_DONE,
            new FailPoolUpgrade(CLUSTER, POOL, PLANNED_ROLL, "no"),
            fail(UPGRADING),
            upgrade(OTHER, NEXT_VERSION, true));

    assertThat(outcome(new UpgradePool(CLUSTER, POOL, ROLLING, NEXT_VERSION), again))
        .isEqualTo("!BUSY");
    assertThat(outcome(new FinishControlPlaneUpgrade(CLUSTER, OTHER), again))
        .isEqualTo("ControlPlaneUpgraded,PoolUpgradeStarted");
  }

  @Test
  void an_upgrade_names_the_pools_that_were_deleted_before_their_turn() {
    assertThat(
            only(ControlPlaneUpgraded.class, CONTROL_PLANE_DONE, inService(UPGRADE, DELETE_POOL))
                .left())
        .containsExactly(POOL);
  }

  @Test
  void nodes_are_not_added_or_reretriedwhile_the_cluster_is_upgraded() {
    CreatePool another = createPool(OTHER_POOL, pool("other", 1));
    ClusterState two = inService(another, OTHER_CREATED, to("1.36.1"));
    List<ClusterCommand> counting = List.of(SCALE, REMOVE, REPLACE);

    assertThat(counting).allSatisfy(c -> assertThat(outcome(c, two)).isEqualTo("!BUSY"));
    assertThat(outcome(LABELS, two)).isEqualTo("PoolUpdateStarted");
    ClusterState done =
        applied(
            finish(operation("1.36.1")),
            applied(new FinishControlPlaneUpgrade(CLUSTER, operation("1.36.1")), two));
    assertThat(counting).allSatisfy(c -> assertThat(outcome(c, done)).doesNotStartWith("!"));
  }
}
