package io.keelson.aggregates.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.aggregates.node.NodeState.Absent;
import io.keelson.aggregates.node.NodeState.Alive;
import io.keelson.aggregates.node.NodeState.Gone;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.node.ConditionStatus;
import io.keelson.commands.node.NodeCommand;
import io.keelson.commands.node.NodeCommand.CordonNode;
import io.keelson.commands.node.NodeCommand.FailNodeReboot;
import io.keelson.commands.node.NodeCommand.RebootNode;
import io.keelson.commands.node.NodeCommand.RecordNodeCondition;
import io.keelson.commands.node.NodeCommand.RecordNodeGone;
import io.keelson.commands.node.NodeCommand.RecordNodeObserved;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.node.NodeEvent.NodeCordoned;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.commands.node.NodeEvent.NodePhaseChanged;
import io.keelson.commands.node.NodeEvent.NodeRebootFailed;
import io.keelson.commands.node.NodeEvent.NodeRebootFinished;
import io.keelson.commands.node.NodeEvent.NodeRebootStarted;
import io.keelson.commands.node.Report;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedNode.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that boots again, and one that is to go. */
class RebootDeciderTest {

  private static final ClusterId CLUSTER = new ClusterId(Id.derived("test", "cluster"));
  private static final PoolId POOL = new PoolId(Id.derived("test", "pool"));
  private static final NodeId NODE = new NodeId(Id.derived("test", "node"));
  private static final OperationId REBOOTING = new OperationId(Id.derived("test", "reboot"));
  private static final OperationId OTHER = new OperationId(Id.derived("test", "other"));

  private static final RebootNode REBOOT = new RebootNode(NODE, REBOOTING);
  private static final CordonNode CORDON = new CordonNode(NODE, OTHER);
  private static final RecordNodeObserved AWAY = seen(Phase.REBOOTING, "boot-1");
  private static final RecordNodeObserved BACK = seen(Phase.READY, "boot-2");
  private static final RecordNodeGone GONE = new RecordNodeGone(NODE, CLUSTER);

  private static RecordNodeObserved seen(Phase phase, String bootId) {
    return new RecordNodeObserved(CLUSTER, node(phase, bootId));
  }

  private static ObservedNode node(Phase phase, String bootId) {
    return new ObservedNode(
        NODE, POOL, "scw-one", KubernetesVersion.of("1.35.3"), phase, "", Map.of(), "", bootId);
  }

  private static NodeState after(NodeCommand... commands) {
    NodeState state = new Absent();
    for (NodeCommand command : commands) {
      state = applied(command, state);
    }
    return state;
  }

  private static NodeState applied(NodeCommand command, NodeState state) {
    NodeState next = state;
    try {
      for (NodeEvent event : NodeDecider.decide(command, state)) {
        next = NodeDecider.evolve(next, event);
      }
      return next;
    } catch (CommandRejected e) {
      return state;
    }
  }

  private static final RecordNodeObserved READY = seen(Phase.READY, "boot-1");
  private static final Map<String, NodeState> STATES = states();
  private static final Map<String, NodeCommand> COMMANDS = commands();

  /** One row for each command, one column for each state; - is: nothing has to change. */
  private static final String CELLS =
      """
      command       | absent | ready | not ready | starting | rebooting | away | rebooted | reboot failed | cordoned | cordoned, rebooting | gone
      reboot        | !NOT_FOUND | NodeRebootStarted | NodeRebootStarted | !BUSY | - | - | - | - | !BUSY | - | !NOT_FOUND
      reboot other  | !NOT_FOUND | NodeRebootStarted | NodeRebootStarted | !BUSY | - | - | NodeRebootStarted | NodeRebootStarted | !BUSY | - | !NOT_FOUND
      reboot fail   | - | - | - | - | NodeRebootFailed | NodeRebootFailed | - | - | - | NodeRebootFailed | -
      reboot fail other | - | - | - | - | - | - | - | - | - | - | -
      cordon        | - | NodeCordoned | NodeCordoned | NodeCordoned | NodeCordoned | NodeCordoned | NodeCordoned | NodeCordoned | - | - | -
      ready         | NodeCreated | - | NodePhaseChanged | NodePhaseChanged | - | NodePhaseChanged | NodeChanged | - | - | - | -
      away          | NodeCreated | NodePhaseChanged | NodePhaseChanged | NodePhaseChanged | NodePhaseChanged | - | NodePhaseChanged | NodePhaseChanged | NodePhaseChanged | NodePhaseChanged | -
      back          | NodeCreated | NodeChanged | NodePhaseChanged | NodePhaseChanged | NodeChanged,NodeRebootFinished | NodePhaseChanged,NodeRebootFinished | - | NodeChanged | NodeChanged | NodeChanged,NodeRebootFinished | -
      gone          | - | NodeDeleted | NodeDeleted | NodeDeleted | NodeRebootFailed,NodeDeleted | NodeRebootFailed,NodeDeleted | NodeDeleted | NodeDeleted | NodeDeleted | NodeRebootFailed,NodeDeleted | -
      reported      | !NOT_FOUND | NodeConditionReported | NodeConditionReported | NodeConditionReported | NodeConditionReported | NodeConditionReported | NodeConditionReported | NodeConditionReported | NodeConditionReported | NodeConditionReported | -
      """;

  private static Map<String, NodeState> states() {
    Map<String, NodeState> states = new LinkedHashMap<>();
    states.put("absent", new Absent());
    states.put("ready", after(READY));
    states.put("not ready", after(seen(Phase.NOT_READY, "boot-1")));
    states.put("starting", after(seen(Phase.STARTING, "")));
    states.put("rebooting", after(READY, REBOOT));
    states.put("away", after(READY, REBOOT, AWAY));
    states.put("rebooted", after(READY, REBOOT, AWAY, BACK));
    states.put("reboot failed", after(READY, REBOOT, new FailNodeReboot(NODE, REBOOTING, "no")));
    states.put("cordoned", after(READY, CORDON));
    states.put("cordoned, rebooting", after(READY, REBOOT, CORDON));
    states.put("gone", after(READY, GONE));
    return states;
  }

  private static Map<String, NodeCommand> commands() {
    Map<String, NodeCommand> commands = new LinkedHashMap<>();
    commands.put("reboot", REBOOT);
    commands.put("reboot other", new RebootNode(NODE, OTHER));
    commands.put("reboot fail", new FailNodeReboot(NODE, REBOOTING, "no"));
    commands.put("reboot fail other", new FailNodeReboot(NODE, OTHER, "no"));
    commands.put("cordon", CORDON);
    commands.put("ready", READY);
    commands.put("away", AWAY);
    commands.put("back", BACK);
    commands.put("gone", GONE);
    commands.put(
        "reported",
        new RecordNodeCondition(
            NODE, "Ready", ConditionStatus.True, null, "", new Report("/m", "1", null, "1", null)));
    return commands;
  }

  @TestFactory
  Stream<DynamicTest> every_command_in_every_state() {
    List<List<String>> rows = CELLS.lines().map(RebootDeciderTest::split).toList();
    List<String> columns = rows.getFirst();
    List<DynamicTest> cells = new ArrayList<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      for (int i = 1; i < columns.size(); i++) {
        NodeCommand command = Objects.requireNonNull(COMMANDS.get(row.getFirst()));
        NodeState state = Objects.requireNonNull(STATES.get(columns.get(i)));
        String expected = row.get(i);
        cells.add(
            DynamicTest.dynamicTest(
                row.getFirst() + " when " + columns.get(i),
                () -> assertThat(outcome(command, state)).isEqualTo(expected)));
      }
    }
    return cells.stream();
  }

  @Test
  void the_table_has_every_command_and_every_state() {
    List<List<String>> rows = CELLS.lines().map(RebootDeciderTest::split).toList();
    assertThat(rows.getFirst().stream().skip(1)).containsExactlyElementsOf(STATES.keySet());
    assertThat(rows.stream().skip(1).map(List::getFirst))
        .containsExactlyElementsOf(COMMANDS.keySet());
    assertThat(COMMANDS.values().stream().map(Object::getClass).distinct().toList())
        .hasSameElementsAs(List.of(NodeCommand.class.getPermittedSubclasses()));
  }

  private static List<String> split(String line) {
    return Stream.of(line.split("\\|")).map(String::strip).toList();
  }

  private static String outcome(NodeCommand command, NodeState state) {
    try {
      List<NodeEvent> events = NodeDecider.decide(command, state);
      return events.isEmpty()
          ? "-"
          : events.stream().map(e -> e.getClass().getSimpleName()).collect(Collectors.joining(","));
    } catch (CommandRejected e) {
      return "!" + e.reason();
    }
  }

  @ParameterizedTest
  @EnumSource
  void only_a_node_that_is_up_boots_again(Phase phase) {
    boolean up = phase == Phase.READY || phase == Phase.NOT_READY;
    assertThat(outcome(REBOOT, after(seen(phase, "boot-1"))))
        .isEqualTo(up ? "NodeRebootStarted" : "!BUSY");
  }

  @Test
  void a_refusal_names_the_node() {
    for (NodeState state : List.of(new Absent(), after(AWAY), new Gone())) {
      assertThatThrownBy(() -> NodeDecider.decide(REBOOT, state))
          .isInstanceOfSatisfying(
              CommandRejected.class,
              e -> {
                assertThat(e.argument()).isEqualTo("node_id");
                assertThat(e.reason()).isIn(Reason.BUSY, Reason.NOT_FOUND);
              });
    }
  }

  @Test
  void a_node_has_booted_when_it_is_ready_in_another_boot() {
    assertThat(NodeDecider.decide(REBOOT, after(READY)))
        .containsExactly(new NodeRebootStarted(NODE, CLUSTER, POOL, REBOOTING, "boot-1"));
    assertThat(NodeDecider.decide(BACK, after(READY, REBOOT, AWAY)))
        .containsExactly(
            new NodePhaseChanged(NODE, CLUSTER, POOL, AWAY.observed(), BACK.observed()),
            new NodeRebootFinished(NODE, CLUSTER, POOL, REBOOTING, "boot-2"));
  }

  @Test
  void a_node_that_was_only_away_for_a_moment_or_is_not_ready_yet_has_not_booted() {
    NodeState away = after(READY, REBOOT, AWAY);
    assertThat(outcome(READY, away)).isEqualTo("NodePhaseChanged");
    assertThat(outcome(seen(Phase.NOT_READY, "boot-2"), away)).isEqualTo("NodePhaseChanged");
    assertThat(outcome(seen(Phase.READY, ""), away)).isEqualTo("NodePhaseChanged");
    assertThat(outcome(BACK, applied(seen(Phase.NOT_READY, "boot-2"), away)))
        .isEqualTo("NodePhaseChanged,NodeRebootFinished");
  }

  @Test
  void a_node_that_goes_does_not_come_back() {
    assertThat(NodeDecider.decide(GONE, after(READY, REBOOT)))
        .containsExactly(
            new NodeRebootFailed(NODE, CLUSTER, POOL, REBOOTING, "the node is gone"),
            new NodeDeleted(NODE, CLUSTER, POOL));
  }

  @Test
  void a_node_that_is_to_go_is_told_once_on_whose_behalf() {
    assertThat(NodeDecider.decide(CORDON, after(READY)))
        .containsExactly(new NodeCordoned(NODE, CLUSTER, POOL, OTHER));
    assertThat(NodeDecider.decide(new CordonNode(NODE, REBOOTING), after(READY, CORDON))).isEmpty();
  }

  /** Laws: replayed is live, a command delivered twice has one effect, and the end is the end. */
  @ParameterizedTest
  @ValueSource(longs = {1, 20260901, 4711})
  void any_life_of_a_node_is_lawful(long seed) {
    Random random = new Random(seed);
    List<NodeCommand> all =
        COMMANDS.values().stream().filter(c -> !(c instanceof RecordNodeCondition)).toList();
    for (int life = 0; life < 2_000; life++) {
      List<NodeEvent> stream = new ArrayList<>();
      NodeState live = new Absent();
      for (int i = 0; i < 15; i++) {
        NodeCommand command = all.get(random.nextInt(all.size()));
        List<NodeEvent> events = decided(command, live);
        assertThat(live instanceof Gone && !events.isEmpty()).isFalse();
        stream.addAll(events);
        for (NodeEvent event : events) {
          live = NodeDecider.evolve(live, event);
        }
        assertThat(outcome(command, live)).matches("-|!.*");
      }
      NodeState replayed = new Absent();
      for (NodeEvent event : stream) {
        replayed = NodeDecider.evolve(replayed, event);
      }
      assertThat(replayed).isEqualTo(live);
      if (live instanceof Alive alive) {
        assertThat(applied(GONE, alive)).isEqualTo(new Gone());
      }
    }
  }

  private static List<NodeEvent> decided(NodeCommand command, NodeState state) {
    try {
      return NodeDecider.decide(command, state);
    } catch (CommandRejected e) {
      return List.of();
    }
  }
}
