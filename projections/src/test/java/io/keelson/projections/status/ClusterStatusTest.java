package io.keelson.projections.status;

import static io.keelson.projections.status.Examples.CLUSTER;
import static io.keelson.projections.status.Examples.CURRENT;
import static io.keelson.projections.status.Examples.DELETION;
import static io.keelson.projections.status.Examples.OPERATION;
import static io.keelson.projections.status.Examples.ORGANIZATION;
import static io.keelson.projections.status.Examples.PROJECT;
import static io.keelson.projections.status.Examples.REGION;
import static io.keelson.projections.status.Examples.after;
import static io.keelson.projections.status.Examples.at;
import static io.keelson.projections.status.Examples.clusterEvent;
import static io.keelson.projections.status.Examples.clusterEvents;
import static io.keelson.projections.status.Examples.clusterSpec;
import static io.keelson.projections.status.Examples.clusterStarted;
import static io.keelson.projections.status.Examples.controlPlane;
import static io.keelson.projections.status.Examples.instant;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.AclRule;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeStarted;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterTypeChangeStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateFinished;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeStarted;
import io.keelson.commands.pool.PoolEvent;
import io.keelson.commands.spec.ClusterSpec;
import io.keelson.commands.spec.ClusterType;
import io.keelson.projections.Cells;
import io.keelson.projections.Cells.Cell;
import io.keelson.projections.Leaves;
import io.keelson.projections.status.ClusterStatus.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterStatusTest {

  private static final ClusterType DEDICATED = ClusterType.KAPSULE_DEDICATED_4;

  /** Of a cluster of the type kapsule that has one pool. */
  private static final Cells CELLS =
      new Cells(
          """
          event                       CREATING READY         POOL_REQUIRED UPDATING      DELETING DELETED LOCKED
          ClusterCreationStarted      .        .             .             .             .        .       .
          ClusterCreationFinished     READY    .             .             .             .        .       .
          ClusterCreationFailed       LOCKED   .             .             .             .        .       .
          ClusterUpdateStarted        .        UPDATING      UPDATING      UPDATING      .        .       .
          ClusterUpdateFinished       .        .             READY         READY         .        .       .
          ClusterUpdateFailed         .        .             READY         READY         .        .       .
          ClusterTypeChangeStarted    .        UPDATING      UPDATING      UPDATING      .        .       .
          ClusterTypeChangeFinished   .        .             READY         READY         .        .       .
          ClusterTypeChangeFailed     .        .             READY         READY         .        .       .
          ClusterUpgradeStarted       .        UPDATING      UPDATING      UPDATING      .        .       .
          PoolLeftOut                 .        .             .             .             .        .       .
          ControlPlaneUpgraded        .        .             .             READY         .        .       .
          ClusterUpgradeFinished      .        .             READY         READY         .        .       .
          ClusterUpgradeFailed        .        .             READY         READY         .        .       .
          AclChangeStarted            .        .             .             .             .        .       .
          AclChangeFinished           .        .             .             .             .        .       .
          AclChangeFailed             .        .             .             .             .        .       .
          ClusterActionStarted      .        .             .             .             .        .       .
          ClusterActionFinished     .        .             .             .             .        .       .
          ClusterActionFailed       .        .             .             .             .        .       .
          PoolCreationStarted         .        .             .             .             .        .       .
          PoolCreationFinished        .        .             READY         .             .        .       .
          PoolCreationFailed          .        .             READY         .             .        .       .
          PoolUpdateStarted           .        .             .             .             .        .       .
          PoolUpdateFinished          .        .             .             .             .        .       .
          PoolUpdateFailed            .        .             .             .             .        .       .
          PoolUpgradeStarted          .        .             .             .             .        .       .
          PoolUpgradeFinished         .        .             .             .             .        .       .
          PoolUpgradeFailed           .        .             .             .             .        .       .
          NodeReplacementStarted      .        .             .             .             .        .       .
          NodeReplacementFinished     .        .             .             .             .        .       .
          NodeReplacementFailed       .        .             .             .             .        .       .
          PoolDeletionStarted         .        .             .             .             .        .       .
          PoolDeletionFinished        .        POOL_REQUIRED .             .             .        .       .
          PoolDeletionFailed          .        .             .             .             .        .       .
          ClusterDeletionStarted      DELETING DELETING      DELETING      DELETING      DELETING .       DELETING
          ClusterDeletionFinished     DELETED  DELETED       DELETED       DELETED       DELETED  .       DELETED
          ClusterDeletionFailed       .        .             .             .             LOCKED   .       .
          ControlPlaneObserved        .        .             .             .             .        .       .
          ComponentsObserved          .        .             .             .             .        .       .
          PoolObserved                .        .             .             .             .        .       .
          AdditionalResourcesObserved .        .             .             .             .        .       .
          ClusterAbsenceObserved      .        .             .             .             .        .       .
          """);

  static Stream<Cell> cells() {
    return CELLS.all();
  }

  @Test
  void has_a_cell_for_every_event_in_every_phase() {
    assertThat(CELLS.events()).hasSameElementsAs(Leaves.of(ClusterEvent.class, PoolEvent.class));
    assertThat(CELLS.all().map(Cell::before).distinct().map(Phase::valueOf))
        .containsExactlyInAnyOrder(Phase.values());
  }

  @ParameterizedTest
  @MethodSource("cells")
  void moves_as_the_table_says(Cell cell) {
    ClusterStatus before = row(ClusterType.KAPSULE, Phase.valueOf(cell.before()), 1);

    ClusterStatus after = after(before, at(8, clusterEvent(cell.event())));

    boolean moved = !cell.after().isEmpty();
    assertThat(after.version()).isEqualTo(8);
    assertThat(after.phase()).isEqualTo(moved ? Phase.valueOf(cell.after()) : before.phase());
    assertThat(after.updatedAt()).isEqualTo(moved || seen(after, before) ? instant(8) : instant(5));
    assertThat(after.createdAt()).isEqualTo(before.createdAt());
    assertThat(after.spec()).isEqualTo(desired(cell, before.spec()));
    assertThat(after.acl()).isEqualTo(rules(cell, before.acl()));
    assertThat(after(before, at(7, clusterEvent(cell.event())))).isSameAs(before);
  }

  /** All but what the caller does not see: how far it has come, and what holds it. */
  private static boolean seen(ClusterStatus after, ClusterStatus before) {
    return after.phase() != before.phase()
        || !after.spec().equals(before.spec())
        || !after.acl().equals(before.acl())
        || !after.message().equals(before.message());
  }

  private static ClusterSpec desired(Cell cell, ClusterSpec before) {
    boolean changes = cell.after().equals("UPDATING");
    return switch (clusterEvent(cell.event())) {
      case ClusterUpdateStarted e when changes -> before.with(e.after());
      case ClusterTypeChangeStarted e when changes -> before.of(e.after());
      case ClusterUpgradeStarted e when changes -> before.at(e.target().version());
      default -> before;
    };
  }

  private static List<AclRule> rules(Cell cell, List<AclRule> before) {
    boolean closed = List.of("DELETING", "DELETED", "LOCKED").contains(cell.before());
    return clusterEvent(cell.event()) instanceof AclChangeStarted e && !closed ? e.after() : before;
  }

  @Test
  void begins_with_its_creation_and_with_nothing_else() {
    assertThat(ClusterFold.first(at(0, clusterStarted(ClusterType.KAPSULE))))
        .contains(
            new ClusterStatus(
                CLUSTER,
                0,
                ORGANIZATION,
                PROJECT,
                REGION,
                clusterSpec("prod", ClusterType.KAPSULE, "1.35.3"),
                Phase.CREATING,
                0,
                List.of(AclRule.initial(CLUSTER)),
                null,
                false,
                "",
                OPERATION,
                instant(0),
                instant(0)));
    clusterEvents().entrySet().stream()
        .filter(e -> !e.getKey().equals("ClusterCreationStarted"))
        .forEach(e -> assertThat(ClusterFold.first(at(0, e.getValue()))).isEmpty());
  }

  @ParameterizedTest
  @EnumSource(ClusterType.class)
  void requires_a_pool_only_when_it_is_a_mutualized_kapsule(ClusterType type) {
    ClusterStatus after =
        after(row(type, Phase.CREATING, 0), at(8, clusterEvent("ClusterCreationFinished")));

    assertThat(after.phase())
        .isEqualTo(type == ClusterType.KAPSULE ? Phase.POOL_REQUIRED : Phase.READY);
    assertThat(after.operation()).isNull();
  }

  @Test
  void counts_its_pools() {
    ClusterStatus none = row(ClusterType.KAPSULE, Phase.READY, 0);

    assertThat(after(none, at(8, clusterEvent("PoolCreationStarted"))).pools()).isEqualTo(1);
    assertThat(after(none, at(8, clusterEvent("PoolDeletionFinished"))).pools()).isZero();
    ClusterStatus two = row(ClusterType.KAPSULE, Phase.READY, 2);
    assertThat(after(two, at(8, clusterEvent("PoolDeletionFinished"))).pools()).isEqualTo(1);
    assertThat(after(two, at(8, clusterEvent("PoolDeletionFinished"))).phase())
        .isEqualTo(Phase.READY);
    assertThat(after(two, at(8, clusterEvent("ClusterDeletionFinished"))).pools()).isZero();
  }

  @Test
  void says_why_it_is_locked_until_it_is_deleted_after_all() {
    assertThat(locked("ClusterCreationFailed", Phase.CREATING).message()).isEqualTo("no capacity");
    assertThat(locked("ClusterDeletionFailed", Phase.DELETING).message()).isEqualTo("still there");

    ClusterStatus again =
        after(
            locked("ClusterDeletionFailed", Phase.DELETING),
            at(9, clusterEvent("ClusterDeletionStarted")));
    assertThat(again.message()).isEmpty();
    assertThat(again.operation()).isEqualTo(DELETION);
  }

  @ParameterizedTest
  @EnumSource(ClusterType.class)
  void is_booked_from_its_creation_on_where_its_type_is_dedicated(ClusterType type) {
    Instant end = ClusterFold.first(at(0, clusterStarted(type))).orElseThrow().commitmentEndsAt();

    assertThat(end).isEqualTo(type.dedicated() ? instant(0).plus(type.commitment()) : null);
  }

  @Test
  void is_booked_anew_by_a_dedicated_type_and_never_for_less_time_than_before() {
    ClusterStatus dedicated = retyped(row(ClusterType.KAPSULE, Phase.READY, 0), 8, DEDICATED);
    assertThat(dedicated.commitmentEndsAt()).isEqualTo(instant(8).plus(DEDICATED.commitment()));

    ClusterStatus larger = retyped(ended(dedicated), 10, ClusterType.KAPSULE_DEDICATED_8);
    assertThat(larger.commitmentEndsAt()).isEqualTo(instant(10).plus(DEDICATED.commitment()));

    Instant late = instant(0).plus(Duration.ofDays(365));
    ClusterStatus longer = booked(dedicated, late).desired(larger.spec(), Phase.READY, instant(9));
    assertThat(longer.commitmentEndsAt()).isEqualTo(late);

    ClusterStatus mutualized = retyped(ended(larger), 12, ClusterType.KAPSULE);
    assertThat(mutualized.commitmentEndsAt()).isNull();
  }

  @Test
  void is_not_booked_anew_by_what_leaves_its_type() {
    ClusterStatus before = row(DEDICATED, Phase.READY, 1);

    ClusterStatus after =
        before.desired(before.spec().at(Examples.NEXT), Phase.UPDATING, instant(8));

    assertThat(after.commitmentEndsAt()).isEqualTo(before.commitmentEndsAt());
    assertThat(after.phase()).isEqualTo(Phase.UPDATING);
    assertThat(after.updatedAt()).isEqualTo(instant(8));
    assertThat(retyped(before, 8, DEDICATED).commitmentEndsAt())
        .isEqualTo(before.commitmentEndsAt());
  }

  @Test
  void settles_after_a_change_of_type_as_that_type_does() {
    ClusterStatus required = row(ClusterType.KAPSULE, Phase.POOL_REQUIRED, 0);

    ClusterStatus dedicated = ended(retyped(required, 8, DEDICATED));
    assertThat(dedicated.phase()).isEqualTo(Phase.READY);
    assertThat(ended(retyped(dedicated, 10, ClusterType.KAPSULE)).phase())
        .isEqualTo(Phase.POOL_REQUIRED);
  }

  @Test
  void is_in_service_again_while_pools_follow_in_its_upgrade() {
    ClusterStatus started =
        after(
            row(ClusterType.KAPSULE, Phase.READY, 1), at(8, clusterEvent("ClusterUpgradeStarted")));
    assertThat(started.spec().version()).isEqualTo(Examples.NEXT);
    assertThat(started.upgrading()).isTrue();

    ClusterStatus followed = after(started, at(9, clusterEvent("ControlPlaneUpgraded")));
    assertThat(followed.phase()).isEqualTo(Phase.READY);
    assertThat(followed.upgrading()).isTrue();
    assertThat(followed.operation()).isEqualTo(OPERATION);
    assertThat(followed.updatedAt()).isEqualTo(instant(9));

    ClusterStatus done = after(followed, at(10, clusterEvent("ClusterUpgradeFinished")));
    assertThat(done.phase()).isEqualTo(Phase.READY);
    assertThat(done.upgrading()).isFalse();
    assertThat(done.operation()).isNull();
    assertThat(done.updatedAt()).as("nothing that callers see").isEqualTo(instant(9));
  }

  @Test
  void says_why_its_pools_did_not_follow_in_its_upgrade() {
    ClusterStatus failed =
        after(
            row(ClusterType.KAPSULE, Phase.READY, 1),
            at(8, clusterEvent("ClusterUpgradeStarted")),
            at(9, clusterEvent("ControlPlaneUpgraded")),
            at(10, clusterEvent("ClusterUpgradeFailed")));

    assertThat(failed.phase()).isEqualTo(Phase.READY);
    assertThat(failed.message()).isEqualTo("not upgraded");
    assertThat(failed.upgrading()).isFalse();
    assertThat(failed.spec().version()).isEqualTo(Examples.NEXT);
    assertThat(failed.updatedAt()).isEqualTo(instant(10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ClusterUpdate", "ClusterTypeChange", "ClusterUpgrade"})
  void says_what_failed_last_until_something_starts_and_still_desires_it(String change) {
    ClusterStatus started =
        after(row(ClusterType.KAPSULE, Phase.READY, 1), at(8, clusterEvent(change + "Started")));
    assertThat(started.operation()).isEqualTo(OPERATION);

    ClusterStatus failed = after(started, at(9, clusterEvent(change + "Failed")));
    assertThat(failed.message()).isNotEmpty();
    assertThat(failed.operation()).isNull();
    assertThat(failed.spec())
        .isEqualTo(started.spec())
        .isNotEqualTo(row(ClusterType.KAPSULE, Phase.READY, 1).spec());

    ClusterStatus again = after(failed, at(10, clusterEvent("ClusterUpdateStarted")));
    assertThat(again.message()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AclChange", "ClusterAction"})
  void says_which_access_change_failed_unless_it_is_deleting_or_locked(String change) {
    ClusterStatus failed =
        after(row(ClusterType.KAPSULE, Phase.UPDATING, 1), at(8, clusterEvent(change + "Failed")));
    assertThat(failed.message()).isNotEmpty();
    assertThat(failed.phase()).isEqualTo(Phase.UPDATING);
    assertThat(failed.operation()).isEqualTo(OPERATION);

    assertThat(after(failed, at(9, clusterEvent(change + "Started"))).message()).isEmpty();
    assertThat(
            after(row(ClusterType.KAPSULE, Phase.LOCKED, 1), at(8, clusterEvent(change + "Failed")))
                .message())
        .isEmpty();
  }

  @Test
  void is_not_moved_by_the_end_of_what_does_not_hold_it() {
    ClusterStatus updating = row(ClusterType.KAPSULE, Phase.UPDATING, 1);

    ClusterStatus after = after(updating, at(8, new ClusterUpdateFinished(CLUSTER, DELETION)));

    assertThat(after.phase()).isEqualTo(Phase.UPDATING);
    assertThat(after.operation()).isEqualTo(OPERATION);
  }

  @Test
  void is_not_upgrading_any_more_once_it_is_deleted() {
    ClusterStatus deleting =
        after(
            row(ClusterType.KAPSULE, Phase.READY, 1),
            at(8, clusterEvent("ClusterUpgradeStarted")),
            at(9, clusterEvent("ClusterDeletionStarted")),
            at(10, clusterEvent("ClusterUpgradeFailed")));

    assertThat(deleting.phase()).isEqualTo(Phase.DELETING);
    assertThat(deleting.upgrading()).isFalse();
    assertThat(deleting.message()).isEmpty();
    assertThat(deleting.operation()).isEqualTo(DELETION);
  }

  private static ClusterStatus retyped(ClusterStatus before, long version, ClusterType type) {
    return after(
        before,
        at(
            version,
            new ClusterTypeChangeStarted(
                CLUSTER, OPERATION, controlPlane(CURRENT), before.spec().type(), type)));
  }

  private static ClusterStatus ended(ClusterStatus before) {
    return after(before, at(before.version() + 1, clusterEvent("ClusterTypeChangeFinished")));
  }

  private static ClusterStatus booked(ClusterStatus row, Instant until) {
    return new ClusterStatus(
        row.id(),
        row.version(),
        row.organization(),
        row.project(),
        row.region(),
        row.spec(),
        row.phase(),
        row.pools(),
        row.acl(),
        until,
        row.upgrading(),
        row.message(),
        row.operation(),
        row.createdAt(),
        row.updatedAt());
  }

  private static ClusterStatus locked(String event, Phase before) {
    ClusterStatus locked = after(row(ClusterType.KAPSULE, before, 1), at(8, clusterEvent(event)));
    assertThat(locked.phase()).isEqualTo(Phase.LOCKED);
    assertThat(locked.operation()).isNull();
    return locked;
  }

  private static ClusterStatus row(ClusterType type, Phase phase, int pools) {
    return new ClusterStatus(
        CLUSTER,
        7,
        ORGANIZATION,
        PROJECT,
        REGION,
        clusterSpec("prod", type, "1.35.3"),
        phase,
        pools,
        List.of(AclRule.initial(CLUSTER)),
        type.dedicated() ? instant(4) : null,
        false,
        "",
        OPERATION,
        instant(0),
        instant(5));
  }
}
