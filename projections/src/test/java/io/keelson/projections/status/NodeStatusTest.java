package io.keelson.projections.status;

import static io.keelson.projections.status.Examples.CLUSTER;
import static io.keelson.projections.status.Examples.DELETION;
import static io.keelson.projections.status.Examples.NODE;
import static io.keelson.projections.status.Examples.OPERATION;
import static io.keelson.projections.status.Examples.POOL;
import static io.keelson.projections.status.Examples.at;
import static io.keelson.projections.status.Examples.instant;
import static io.keelson.projections.status.Examples.named;
import static io.keelson.projections.status.Examples.observed;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.node.ConditionStatus;
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
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedNode.Phase;
import io.keelson.projections.Cells;
import io.keelson.projections.Cells.Cell;
import io.keelson.projections.Leaves;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class NodeStatusTest {

  private static final ObservedNode CREATING = observed(NODE, "one", Phase.CREATING);
  private static final ObservedNode READY = observed(NODE, "one", Phase.READY);
  private static final ObservedNode RENAMED = observed(NODE, "two", Phase.CREATING);

  private static final Report REPORT = new Report("/monitor", "1", "node", "1", null);

  private static final Map<String, NodeEvent> EVENTS =
      named(
          List.of(
              new NodeCreated(NODE, CLUSTER, POOL, READY),
              new NodeChanged(NODE, CLUSTER, POOL, CREATING, RENAMED),
              new NodePhaseChanged(NODE, CLUSTER, POOL, CREATING, READY),
              told("Ready", ConditionStatus.True),
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
      String name, boolean before, String named, Phase phase, boolean after, boolean visible) {
    NodeStatus row = new NodeStatus(NODE, 7, CLUSTER, CREATING, before, instant(0), instant(5));
    NodeEvent event = requireNonNull(EVENTS.get(name));

    assertThat(row.after(at(8, event)))
        .isEqualTo(
            new NodeStatus(
                NODE,
                8,
                CLUSTER,
                observed(NODE, named, phase),
                after,
                instant(0),
                visible ? instant(8) : instant(5)));
    assertThat(row.after(at(7, event))).isSameAs(row);
  }

  @Test
  void begins_with_its_creation_and_with_nothing_else() {
    EVENTS.forEach(
        (name, event) ->
            assertThat(NodeStatus.first(at(0, event)).isPresent())
                .isEqualTo(name.equals("NodeCreated")));
    assertThat(NodeStatus.first(at(0, new NodeCreated(NODE, CLUSTER, POOL, READY))))
        .contains(new NodeStatus(NODE, 0, CLUSTER, READY, false, instant(0), instant(0)));
  }

  private static final Cells CELLS =
      new Cells(
          """
          event                     plain     rebooting going    deleted
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
          case "going" -> row(CREATING, requireNonNull(EVENTS.get("NodeCordoned")));
          default -> row(CREATING, requireNonNull(EVENTS.get("NodeDeleted")));
        };

    NodeStatus after = before.after(at(8, requireNonNull(EVENTS.get(cell.event()))));

    assertThat(after.phase())
        .isEqualTo(cell.after().isEmpty() ? before.phase() : Phase.valueOf(cell.after()));
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
    ObservedNode ready = shown(Phase.READY, "Ready", "True");
    ObservedNode down = shown(Phase.NOT_READY, "Ready", "False");
    NodeStatus rebooting =
        row(
            ready,
            new NodeRebootStarted(NODE, CLUSTER, POOL, OPERATION, "boot-1"),
            new NodePhaseChanged(NODE, CLUSTER, POOL, ready, down));
    assertThat(rebooting.phase()).isEqualTo(Phase.REBOOTING);
    assertThat(rebooting.reboot()).isEqualTo(OPERATION);

    NodeStatus back =
        rebooting.after(at(8, new NodePhaseChanged(NODE, CLUSTER, POOL, down, ready)));
    assertThat(back.phase()).isEqualTo(Phase.REBOOTING);
    NodeStatus done =
        back.after(at(9, new NodeRebootFinished(NODE, CLUSTER, POOL, OPERATION, "boot-2")));
    assertThat(done.phase()).isEqualTo(Phase.READY);
    assertThat(done.reboot()).isNull();
  }

  @Test
  void says_why_it_did_not_reboot_until_it_is_back_after_all() {
    ObservedNode down = shown(Phase.NOT_READY, "Ready", "False");
    NodeStatus failed =
        row(
            down,
            new NodeRebootStarted(NODE, CLUSTER, POOL, OPERATION, "boot-1"),
            new NodeRebootFailed(NODE, CLUSTER, POOL, OPERATION, "it did not come back"));
    assertThat(failed.phase()).isEqualTo(Phase.NOT_READY);
    assertThat(failed.message()).isEqualTo("it did not come back");

    ObservedNode ready = shown(Phase.READY, "Ready", "True");
    assertThat(
            failed.after(at(8, new NodePhaseChanged(NODE, CLUSTER, POOL, down, ready))).message())
        .isEqualTo("by the provider");
    assertThat(
            failed.after(at(8, new NodePhaseChanged(NODE, CLUSTER, POOL, ready, down))).message())
        .isEqualTo("it did not come back");
    assertThat(
            failed
                .after(at(8, new NodeRebootStarted(NODE, CLUSTER, POOL, DELETION, "boot-1")))
                .message())
        .isEqualTo("by the provider");
  }

  @Test
  void is_back_with_another_boot_although_its_phase_was_never_seen_to_change() {
    ObservedNode again =
        new ObservedNode(
            NODE,
            POOL,
            "one",
            READY.version(),
            Phase.READY,
            READY.providerId(),
            READY.conditions(),
            READY.message(),
            "boot-2");
    NodeStatus failed =
        row(
            READY,
            new NodeRebootStarted(NODE, CLUSTER, POOL, OPERATION, "boot-1"),
            new NodeRebootFailed(NODE, CLUSTER, POOL, OPERATION, "it did not come back"));

    assertThat(failed.after(at(8, new NodeChanged(NODE, CLUSTER, POOL, READY, READY))).message())
        .isEqualTo("it did not come back");
    assertThat(failed.after(at(8, new NodeChanged(NODE, CLUSTER, POOL, READY, again))).message())
        .isEmpty();
  }

  @Test
  void never_comes_back_from_where_it_is_to_go() {
    ObservedNode ready = shown(Phase.READY, "Ready", "True");
    ObservedNode leaving = shown(Phase.DELETING, "Ready", "True");
    NodeStatus cordoned =
        row(
            ready,
            told("Ready", ConditionStatus.False),
            new NodeCordoned(NODE, CLUSTER, POOL, OPERATION),
            new NodeRebootStarted(NODE, CLUSTER, POOL, OPERATION, "boot-1"),
            new NodeRebootFinished(NODE, CLUSTER, POOL, OPERATION, "boot-2"),
            told("Ready", ConditionStatus.True));
    assertThat(cordoned.phase()).isEqualTo(Phase.DELETING);
    assertThat(cordoned.leaving()).isTrue();

    NodeStatus seen =
        row(
            ready,
            new NodePhaseChanged(NODE, CLUSTER, POOL, ready, leaving),
            new NodePhaseChanged(NODE, CLUSTER, POOL, leaving, ready));
    assertThat(seen.phase()).isEqualTo(Phase.DELETING);
    NodeStatus born = row(leaving, new NodePhaseChanged(NODE, CLUSTER, POOL, leaving, ready));
    assertThat(born.phase()).isEqualTo(Phase.DELETING);
  }

  @Test
  void is_not_changed_visibly_by_being_cordoned_again() {
    NodeStatus once = row(READY, new NodeCordoned(NODE, CLUSTER, POOL, OPERATION));

    assertThat(once.after(at(8, new NodeCordoned(NODE, CLUSTER, POOL, DELETION))).updatedAt())
        .isEqualTo(instant(1));
  }

  @Test
  void can_be_shown_as_it_is_asked_to_be() {
    NodeStatus asked = row(READY).asked(Phase.REBOOTING, instant(3));

    assertThat(asked.phase()).isEqualTo(Phase.REBOOTING);
    assertThat(asked.updatedAt()).isEqualTo(instant(3));
    assertThat(asked.asked(Phase.READY, instant(0))).isEqualTo(row(READY));
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void has_a_spelling_of_its_own_in_every_phase(Phase phase) {
    assertThat(
            Stream.of(Phase.values())
                .filter(p -> NodeStatus.spelt(p).equals(NodeStatus.spelt(phase))))
        .containsExactly(phase);
  }

  private static NodeConditionReported told(String condition, ConditionStatus status) {
    return new NodeConditionReported(
        NODE, CLUSTER, POOL, condition, status, null, condition + " is " + status, REPORT);
  }

  private static ObservedNode shown(Phase phase, String... conditions) {
    Map<String, String> all = new TreeMap<>();
    for (int i = 0; i < conditions.length; i += 2) {
      all.put(conditions[i], conditions[i + 1]);
    }
    return new ObservedNode(
        NODE,
        POOL,
        "one",
        KubernetesVersion.of("1.35.3"),
        phase,
        "",
        all,
        "by the provider",
        "boot-1");
  }

  private static NodeStatus row(ObservedNode shown, NodeEvent... events) {
    NodeStatus row = new NodeStatus(NODE, 0, CLUSTER, shown, false, instant(0), instant(0));
    for (NodeEvent event : events) {
      row = row.after(at(row.version() + 1, event));
    }
    return row;
  }

  @Test
  void shows_what_is_reported_among_its_conditions() {
    NodeStatus row =
        row(shown(Phase.READY, "Ready", "True"), told("DiskPressure", ConditionStatus.True));

    assertThat(row.conditions()).isEqualTo(Map.of("DiskPressure", "True", "Ready", "True"));
    assertThat(row.phase()).isEqualTo(Phase.READY);
    assertThat(row.observed().conditions()).isEqualTo(Map.of("Ready", "True"));
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
      Phase phase, ConditionStatus status, Phase after) {
    NodeStatus row = row(shown(phase, "Ready", "True"), told("Ready", status));

    assertThat(row.phase()).isEqualTo(after);
    assertThat(row.conditions()).isEqualTo(Map.of("Ready", status.name()));
    assertThat(row.message()).isEqualTo(phase == after ? "by the provider" : "Ready is " + status);
  }

  @Test
  void what_a_report_took_a_report_gives_back() {
    NodeStatus row =
        row(
            shown(Phase.READY, "Ready", "True"),
            told("Ready", ConditionStatus.False),
            told("Ready", ConditionStatus.True));

    assertThat(row.phase()).isEqualTo(Phase.READY);
    assertThat(row.message()).isEqualTo("by the provider");
  }

  @Test
  void a_report_stands_as_long_as_the_provider_says_the_same_as_before() {
    ObservedNode before = shown(Phase.READY, "Ready", "True", "DiskPressure", "False");
    ObservedNode after = shown(Phase.READY, "Ready", "True", "DiskPressure", "True");

    NodeStatus row =
        row(
            before,
            told("Ready", ConditionStatus.False),
            told("DiskPressure", ConditionStatus.Unknown),
            new NodeChanged(NODE, CLUSTER, POOL, before, after));

    assertThat(row.phase()).isEqualTo(Phase.NOT_READY);
    assertThat(row.conditions()).isEqualTo(Map.of("DiskPressure", "True", "Ready", "False"));
  }

  @Test
  void the_provider_has_the_word_again_once_it_says_something_else() {
    ObservedNode ready = shown(Phase.READY, "Ready", "True");
    ObservedNode starting = shown(Phase.STARTING, "Ready", "True");

    NodeStatus rebooting =
        row(
            ready,
            told("Ready", ConditionStatus.False),
            new NodePhaseChanged(NODE, CLUSTER, POOL, ready, starting));
    NodeStatus rebooted =
        rebooting.after(at(9, new NodePhaseChanged(NODE, CLUSTER, POOL, starting, ready)));

    assertThat(rebooting.conditions()).isEqualTo(Map.of("Ready", "True"));
    assertThat(rebooted.phase()).isEqualTo(Phase.READY);
  }
}
