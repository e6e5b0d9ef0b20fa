package io.keelson.projections.status;

import static io.keelson.projections.status.Examples.CLUSTER;
import static io.keelson.projections.status.Examples.DELETION;
import static io.keelson.projections.status.Examples.NODE;
import static io.keelson.projections.status.Examples.OPERATION;
import static io.keelson.projections.status.Examples.POOL;
import static io.keelson.projections.status.Examples.after;
import static io.keelson.projections.status.Examples.at;
import static io.keelson.projections.status.Examples.attributes;
import static io.keelson.projections.status.Examples.instant;
import static io.keelson.projections.status.Examples.named;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodePhase;
import io.keelson.commands.node.ConditionStatus;
import io.keelson.commands.node.NodeAttributes;
import io.keelson.commands.node.NodeAttributes.Change;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.node.NodeEvent.NodeChanged;
import io.keelson.commands.node.NodeEvent.NodeConditionReported;
import io.keelson.commands.node.NodeEvent.NodeConditionReportedLate;
import io.keelson.commands.node.NodeEvent.NodeCordoned;
import io.keelson.commands.node.NodeEvent.NodeCreated;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.commands.node.NodeEvent.NodePhaseChanged;
import io.keelson.commands.node.NodeEvent.NodeRebootFailed;
import io.keelson.commands.node.NodeEvent.NodeRebootFinished;
import io.keelson.commands.node.NodeEvent.NodeRebootStarted;
import io.keelson.commands.node.Report;
import io.keelson.projections.Cells;
import io.keelson.projections.Cells.Cell;
import io.keelson.projections.Leaves;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class NodeStatusTest {

  private static final NodeAttributes CREATING = attributes("one", NodePhase.CREATING);
  private static final NodeAttributes READY = attributes("one", NodePhase.READY);
  private static final NodeAttributes RENAMED = attributes("two", NodePhase.CREATING);

  private static final Report REPORT = new Report("/monitor", "1", "node", "1", null);

  private static final Map<String, NodeEvent> EVENTS =
      named(
          List.of(
              new NodeCreated(NODE, CLUSTER, POOL, READY),
              changed(CREATING, RENAMED),
              phaseChanged(CREATING, READY),
              reported("Ready", ConditionStatus.True),
              new NodeConditionReportedLate(
                  NODE, CLUSTER, POOL, "Ready", ConditionStatus.False, null, "", REPORT),
              new NodeRebootStarted(NODE, CLUSTER, POOL, OPERATION, "boot-1"),
              new NodeRebootFinished(NODE, CLUSTER, POOL, OPERATION, "boot-2"),
              new NodeRebootFailed(NODE, CLUSTER, POOL, OPERATION, "it did not come back"),
              new NodeCordoned(NODE, CLUSTER, POOL, OPERATION),
              new NodeDeleted(NODE, CLUSTER, POOL)));

  @Test
  void is_tried_with_every_event() {
    assertThat(EVENTS.keySet()).isEqualTo(Leaves.of(NodeEvent.class));
  }

  @ParameterizedTest
  @CsvSource({
    // event, deleted before, name after, phase after, deleted after, visible
    "NodeCreated,      false, one, CREATING, false, false",
    "NodeChanged,      false, two, CREATING, false, true",
    "NodePhaseChanged, false, one, READY,    false, true",
    "NodeDeleted,      false, one, CREATING, true,  true",
    "NodeConditionReportedLate, false, one, CREATING, false, false",
    "NodeConditionReportedLate, true,  one, CREATING, true,  false",
    "NodeConditionReported,     true,  one, CREATING, true,  false",
    "NodeCreated,      true,  one, CREATING, true,  false",
    "NodeChanged,      true,  one, CREATING, true,  false",
    "NodePhaseChanged, true,  one, CREATING, true,  false",
    "NodeDeleted,      true,  one, CREATING, true,  false",
  })
  void moves_as_the_table_says(
      String name,
      boolean before,
      String named,
      NodePhase phase,
      boolean deleted,
      boolean visible) {
    NodeStatus row = shown(7, CREATING, before ? instant(4) : null, instant(5));
    NodeEvent event = requireNonNull(EVENTS.get(name));

    Instant deletedAt = before ? instant(4) : deleted ? instant(8) : null;
    assertThat(after(row, at(8, event)))
        .isEqualTo(
            shown(8, attributes(named, phase), deletedAt, visible ? instant(8) : instant(5)));
    assertThat(after(row, at(7, event))).isSameAs(row);
  }

  @Test
  void begins_with_its_creation_and_with_nothing_else() {
    EVENTS.forEach(
        (name, event) ->
            assertThat(NodeFold.first(at(0, event)).isPresent())
                .isEqualTo(name.equals("NodeCreated")));
    assertThat(NodeFold.first(at(0, new NodeCreated(NODE, CLUSTER, POOL, READY))))
        .contains(NodeStatus.created(NODE, 0, CLUSTER, POOL, READY, instant(0)));
  }

  private static final Cells CELLS =
      new Cells(
          """
          event                     plain     rebooting removing deleted
          NodeCreated               .         .         .        .
          NodeChanged               .         .         .        .
          NodePhaseChanged          READY     .         .        .
          NodeConditionReported     .         .         .        .
          NodeConditionReportedLate .         .         .        .
          NodeRebootStarted         REBOOTING .         .        .
          NodeRebootFinished        .         CREATING  .        .
          NodeRebootFailed          .         CREATING  .        .
          NodeCordoned              DELETING  DELETING  .        .
          NodeDeleted               .         .         .        .
          """);

  static Stream<Cell> cells() {
    return CELLS.all();
  }

  @Test
  void has_a_cell_for_every_event() {
    assertThat(CELLS.events()).hasSameElementsAs(Leaves.of(NodeEvent.class));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void comes_into_the_phase_that_the_table_says(Cell cell) {
    NodeStatus plain = row(CREATING);
    NodeStatus before =
        switch (cell.before()) {
          case "plain" -> plain;
          case "rebooting" -> row(CREATING, requireNonNull(EVENTS.get("NodeRebootStarted")));
          case "removing" -> row(CREATING, requireNonNull(EVENTS.get("NodeCordoned")));
          default -> row(CREATING, requireNonNull(EVENTS.get("NodeDeleted")));
        };

    NodeStatus after = after(before, at(8, requireNonNull(EVENTS.get(cell.event()))));

    assertThat(after.phase())
        .isEqualTo(cell.after().isEmpty() ? before.phase() : NodePhase.valueOf(cell.after()));
    assertThat(after.version()).isEqualTo(8);
    if (!cell.after().isEmpty()) {
      assertThat(after.updatedAt()).isEqualTo(instant(8));
    }
    if (before.deleted()) {
      assertThat(after.updatedAt()).isEqualTo(before.updatedAt());
    }
  }

  @Test
  void reboots_whatever_the_provider_shows_meanwhile() {
    NodeAttributes ready = shown(NodePhase.READY, "Ready", "True");
    NodeAttributes down = shown(NodePhase.NOT_READY, "Ready", "False");
    NodeStatus rebooting =
        row(
            ready,
            new NodeRebootStarted(NODE, CLUSTER, POOL, OPERATION, "boot-1"),
            phaseChanged(ready, down));
    assertThat(rebooting.phase()).isEqualTo(NodePhase.REBOOTING);
    assertThat(rebooting.reboot()).isEqualTo(OPERATION);

    NodeStatus back = after(rebooting, at(8, phaseChanged(down, ready)));
    assertThat(back.phase()).isEqualTo(NodePhase.REBOOTING);
    NodeStatus done =
        after(back, at(9, new NodeRebootFinished(NODE, CLUSTER, POOL, OPERATION, "boot-2")));
    assertThat(done.phase()).isEqualTo(NodePhase.READY);
    assertThat(done.reboot()).isNull();
  }

  @Test
  void says_why_it_did_not_reboot_until_it_is_back_after_all() {
    NodeAttributes down = shown(NodePhase.NOT_READY, "Ready", "False");
    NodeStatus failed =
        row(
            down,
            new NodeRebootStarted(NODE, CLUSTER, POOL, OPERATION, "boot-1"),
            new NodeRebootFailed(NODE, CLUSTER, POOL, OPERATION, "it did not come back"));
    assertThat(failed.phase()).isEqualTo(NodePhase.NOT_READY);
    assertThat(failed.message()).isEqualTo("it did not come back");

    NodeAttributes ready = shown(NodePhase.READY, "Ready", "True");
    assertThat(after(failed, at(8, phaseChanged(down, ready))).message())
        .isEqualTo("by the provider");
    assertThat(after(failed, at(8, phaseChanged(ready, down))).message())
        .isEqualTo("it did not come back");
    assertThat(
            after(failed, at(8, new NodeRebootStarted(NODE, CLUSTER, POOL, DELETION, "boot-1")))
                .message())
        .isEqualTo("by the provider");
  }

  @Test
  void is_back_with_another_boot_although_its_phase_was_never_seen_to_change() {
    NodeAttributes again =
        new NodeAttributes(
            "one",
            READY.version(),
            NodePhase.READY,
            READY.providerId(),
            READY.conditions(),
            READY.message(),
            "boot-2");
    NodeStatus failed =
        row(
            READY,
            new NodeRebootStarted(NODE, CLUSTER, POOL, OPERATION, "boot-1"),
            new NodeRebootFailed(NODE, CLUSTER, POOL, OPERATION, "it did not come back"));

    assertThat(after(failed, at(8, changed(READY, READY))).message())
        .isEqualTo("it did not come back");
    assertThat(after(failed, at(8, changed(READY, again))).message()).isEmpty();
  }

  @Test
  void never_comes_back_from_its_removal() {
    NodeAttributes ready = shown(NodePhase.READY, "Ready", "True");
    NodeAttributes leaving = shown(NodePhase.DELETING, "Ready", "True");
    NodeStatus cordoned =
        row(
            ready,
            reported("Ready", ConditionStatus.False),
            new NodeCordoned(NODE, CLUSTER, POOL, OPERATION),
            new NodeRebootStarted(NODE, CLUSTER, POOL, OPERATION, "boot-1"),
            new NodeRebootFinished(NODE, CLUSTER, POOL, OPERATION, "boot-2"),
            reported("Ready", ConditionStatus.True));
    assertThat(cordoned.phase()).isEqualTo(NodePhase.DELETING);
    assertThat(cordoned.removing()).isTrue();

    NodeStatus seen = row(ready, phaseChanged(ready, leaving), phaseChanged(leaving, ready));
    assertThat(seen.phase()).isEqualTo(NodePhase.DELETING);
    NodeStatus born = row(leaving, phaseChanged(leaving, ready));
    assertThat(born.phase()).isEqualTo(NodePhase.DELETING);
  }

  @Test
  void is_not_changed_visibly_by_being_cordoned_again() {
    NodeStatus once = row(READY, new NodeCordoned(NODE, CLUSTER, POOL, OPERATION));

    assertThat(after(once, at(8, new NodeCordoned(NODE, CLUSTER, POOL, DELETION))).updatedAt())
        .isEqualTo(instant(1));
  }

  @Test
  void can_be_shown_in_a_requested_phase() {
    NodeStatus requested = row(READY).requested(NodePhase.REBOOTING, instant(3));

    assertThat(requested.phase()).isEqualTo(NodePhase.REBOOTING);
    assertThat(requested.updatedAt()).isEqualTo(instant(3));
    assertThat(requested.requested(NodePhase.READY, instant(0))).isEqualTo(row(READY));
  }

  @ParameterizedTest
  @EnumSource(NodePhase.class)
  void has_a_spelling_of_its_own_in_every_phase(NodePhase phase) {
    assertThat(
            Stream.of(NodePhase.values())
                .filter(p -> NodeStatus.spelt(p).equals(NodeStatus.spelt(phase))))
        .containsExactly(phase);
  }

  private static NodeConditionReported reported(String condition, ConditionStatus status) {
    return new NodeConditionReported(
        NODE, CLUSTER, POOL, condition, status, null, condition + " is " + status, REPORT);
  }

  private static NodeAttributes shown(NodePhase phase, String... conditions) {
    Map<String, String> all = new TreeMap<>();
    for (int i = 0; i < conditions.length; i += 2) {
      all.put(conditions[i], conditions[i + 1]);
    }
    return new NodeAttributes(
        "one", KubernetesVersion.of("1.35.3"), phase, "", all, "by the provider", "boot-1");
  }

  private static NodeStatus shown(
      long version, NodeAttributes attributes, @Nullable Instant deletedAt, Instant updatedAt) {
    return new NodeStatus(
        NODE,
        version,
        CLUSTER,
        POOL,
        attributes,
        Map.of(),
        null,
        "",
        false,
        attributes.phase(),
        deletedAt,
        instant(0),
        updatedAt);
  }

  private static NodeChanged changed(NodeAttributes before, NodeAttributes after) {
    return new NodeChanged(
        NODE, CLUSTER, POOL, Change.between(after, before), Change.between(before, after));
  }

  private static NodePhaseChanged phaseChanged(NodeAttributes before, NodeAttributes after) {
    return new NodePhaseChanged(
        NODE, CLUSTER, POOL, Change.between(after, before), Change.between(before, after));
  }

  private static NodeStatus row(NodeAttributes shown, NodeEvent... events) {
    NodeStatus row = NodeStatus.created(NODE, 0, CLUSTER, POOL, shown, instant(0));
    for (NodeEvent event : events) {
      row = after(row, at(row.version() + 1, event));
    }
    return row;
  }

  @Test
  void shows_what_is_reported_among_its_conditions() {
    NodeStatus row =
        row(
            shown(NodePhase.READY, "Ready", "True"),
            reported("DiskPressure", ConditionStatus.True));

    assertThat(row.conditions()).isEqualTo(Map.of("DiskPressure", "True", "Ready", "True"));
    assertThat(row.phase()).isEqualTo(NodePhase.READY);
    assertThat(row.attributes().conditions()).isEqualTo(Map.of("Ready", "True"));
    assertThat(row.updatedAt()).isEqualTo(instant(1));
  }

  @ParameterizedTest
  @CsvSource({
    // the provider's phase, reported of Ready, phase after
    "READY,     True,    READY",
    "READY,     False,   NOT_READY",
    "READY,     Unknown, NOT_READY",
    "NOT_READY, True,    NOT_READY",
    "NOT_READY, False,   NOT_READY",
    "STARTING,  False,   STARTING",
    "DELETING,  False,   DELETING",
    "DELETING,  True,    DELETING",
  })
  void a_report_takes_readiness_away_and_gives_none(
      NodePhase phase, ConditionStatus status, NodePhase after) {
    NodeStatus row = row(shown(phase, "Ready", "True"), reported("Ready", status));

    assertThat(row.phase()).isEqualTo(after);
    assertThat(row.conditions()).isEqualTo(Map.of("Ready", status.name()));
    assertThat(row.message()).isEqualTo(phase == after ? "by the provider" : "Ready is " + status);
  }

  @Test
  void a_report_restores_what_a_report_ended() {
    NodeStatus row =
        row(
            shown(NodePhase.READY, "Ready", "True"),
            reported("Ready", ConditionStatus.False),
            reported("Ready", ConditionStatus.True));

    assertThat(row.phase()).isEqualTo(NodePhase.READY);
    assertThat(row.message()).isEqualTo("by the provider");
  }

  @Test
  void a_report_stands_as_long_as_the_provider_says_the_same_as_before() {
    NodeAttributes before = shown(NodePhase.READY, "Ready", "True", "DiskPressure", "False");
    NodeAttributes after = shown(NodePhase.READY, "Ready", "True", "DiskPressure", "True");

    NodeStatus row =
        row(
            before,
            reported("Ready", ConditionStatus.False),
            reported("DiskPressure", ConditionStatus.Unknown),
            changed(before, after));

    assertThat(row.phase()).isEqualTo(NodePhase.NOT_READY);
    assertThat(row.conditions()).isEqualTo(Map.of("DiskPressure", "True", "Ready", "False"));
  }

  @Test
  void a_report_ends_once_the_provider_shows_something_else() {
    NodeAttributes ready = shown(NodePhase.READY, "Ready", "True");
    NodeAttributes starting = shown(NodePhase.STARTING, "Ready", "True");

    NodeStatus rebooting =
        row(ready, reported("Ready", ConditionStatus.False), phaseChanged(ready, starting));
    NodeStatus rebooted = after(rebooting, at(9, phaseChanged(starting, ready)));

    assertThat(rebooting.conditions()).isEqualTo(Map.of("Ready", "True"));
    assertThat(rebooted.phase()).isEqualTo(NodePhase.READY);
  }
}
