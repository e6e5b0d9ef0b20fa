package io.keelson.aggregates.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keelson.aggregates.node.NodeState.Absent;
import io.keelson.aggregates.node.NodeState.Alive;
import io.keelson.aggregates.node.NodeState.Deleted;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Awaited;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.node.ConditionStatus;
import io.keelson.commands.node.NodeAttributes;
import io.keelson.commands.node.NodeCommand;
import io.keelson.commands.node.NodeCommand.CordonNode;
import io.keelson.commands.node.NodeCommand.FailNodeReboot;
import io.keelson.commands.node.NodeCommand.FinishNodeReboot;
import io.keelson.commands.node.NodeCommand.RebootNode;
import io.keelson.commands.node.NodeCommand.RecordNodeAbsent;
import io.keelson.commands.node.NodeCommand.RecordNodeCondition;
import io.keelson.commands.node.NodeCommand.RecordNodeObserved;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.node.NodeEvent.NodeCordoned;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.commands.node.NodeEvent.NodeRebootFailed;
import io.keelson.commands.node.NodeEvent.NodeRebootFinished;
import io.keelson.commands.node.NodeEvent.NodeRebootStarted;
import io.keelson.commands.node.Report;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that boots again, and one that will be removed. */
class RebootDeciderTest {

  private static final ClusterId CLUSTER = new ClusterId(Id.derived("test", "cluster"));
  private static final PoolId POOL = new PoolId(Id.derived("test", "pool"));
  private static final NodeId NODE = new NodeId(Id.derived("test", "node"));
  private static final OperationId REBOOTING = new OperationId(Id.derived("test", "reboot"));
  private static final OperationId OTHER = new OperationId(Id.derived("test", "other"));

  private static final RebootNode REBOOT = new RebootNode(NODE, REBOOTING);
  private static final FinishNodeReboot BOOTED = new FinishNodeReboot(NODE, REBOOTING);
  private static final CordonNode CORDON = new CordonNode(NODE, OTHER);
  private static final RecordNodeObserved AWAY = observed(NodePhase.REBOOTING, "boot-1");
  private static final RecordNodeObserved BACK = observed(NodePhase.READY, "boot-2");
  private static final RecordNodeAbsent ABSENT = new RecordNodeAbsent(NODE, CLUSTER);

  private static RecordNodeObserved observed(NodePhase phase, String bootId) {
    return new RecordNodeObserved(NODE, CLUSTER, POOL, node(phase, bootId));
  }

  private static NodeAttributes node(NodePhase phase, String bootId) {
    return new NodeAttributes(
        "scw-one", KubernetesVersion.of("1.35.3"), phase, "", Map.of(), "", bootId);
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
        next = NodeEvolution.evolve(next, event);
      }
      return next;
    } catch (CommandRejected e) {
      return state;
    }
  }

  private static final RecordNodeObserved READY = observed(NodePhase.READY, "boot-1");
  private static final Map<String, NodeState> STATES = states();
  private static final Map<String, NodeCommand> COMMANDS = commands();

  /** One row for each command, one column for each state; - is: nothing has to change. */
  private static final String CELLS =
      """
      command       | absent | ready | not ready | starting | rebooting | away | rebooted | reboot failed | cordoned | cordoned, rebooting | deleted
      reboot        | !NOT_FOUND | NodeRebootStarted | NodeRebootStarted | !BUSY | - | - | - | - | !BUSY | - | !NOT_FOUND
      reboot other  | !NOT_FOUND | NodeRebootStarted | NodeRebootStarted | !BUSY | - | - | NodeRebootStarted | NodeRebootStarted | !BUSY | - | !NOT_FOUND
      reboot finish | - | - | - | - | NodeRebootFinished | NodeRebootFinished | - | - | - | NodeRebootFinished | -
      reboot finish other | - | - | - | - | - | - | - | - | - | - | -
      reboot fail   | - | - | - | - | NodeRebootFailed | NodeRebootFailed | - | - | - | NodeRebootFailed | -
      reboot fail other | - | - | - | - | - | - | - | - | - | - | -
      cordon        | - | NodeCordoned | NodeCordoned | NodeCordoned | NodeCordoned | NodeCordoned | NodeCordoned | NodeCordoned | - | - | -
      ready         | NodeCreated | - | NodePhaseChanged | NodePhaseChanged | - | NodePhaseChanged | NodeChanged | - | - | - | -
      away          | NodeCreated | NodePhaseChanged | NodePhaseChanged | NodePhaseChanged | NodePhaseChanged | - | NodePhaseChanged | NodePhaseChanged | NodePhaseChanged | NodePhaseChanged | -
      back          | NodeCreated | NodeChanged | NodePhaseChanged | NodePhaseChanged | NodeChanged | NodePhaseChanged | - | NodeChanged | NodeChanged | NodeChanged | -
      observed absent | - | NodeDeleted | NodeDeleted | NodeDeleted | NodeRebootFailed,NodeDeleted | NodeRebootFailed,NodeDeleted | NodeDeleted | NodeDeleted | NodeDeleted | NodeRebootFailed,NodeDeleted | -
      reported      | !NOT_FOUND | NodeConditionReported | NodeConditionReported | NodeConditionReported | NodeConditionReported | NodeConditionReported | NodeConditionReported | NodeConditionReported | NodeConditionReported | NodeConditionReported | -
      """;

  private static Map<String, NodeState> states() {
    Map<String, NodeState> states = new LinkedHashMap<>();
    states.put("absent", new Absent());
    states.put("ready", after(READY));
    states.put("not ready", after(observed(NodePhase.NOT_READY, "boot-1")));
    states.put("starting", after(observed(NodePhase.STARTING, "")));
    states.put("rebooting", after(READY, REBOOT));
    states.put("away", after(READY, REBOOT, AWAY));
    states.put("rebooted", after(READY, REBOOT, AWAY, BACK, BOOTED));
    states.put("reboot failed", after(READY, REBOOT, new FailNodeReboot(NODE, REBOOTING, "no")));
    states.put("cordoned", after(READY, CORDON));
    states.put("cordoned, rebooting", after(READY, REBOOT, CORDON));
    states.put("deleted", after(READY, ABSENT));
    return states;
  }

  private static Map<String, NodeCommand> commands() {
    Map<String, NodeCommand> commands = new LinkedHashMap<>();
    commands.put("reboot", REBOOT);
    commands.put("reboot other", new RebootNode(NODE, OTHER));
    commands.put("reboot finish", BOOTED);
    commands.put("reboot finish other", new FinishNodeReboot(NODE, OTHER));
    commands.put("reboot fail", new FailNodeReboot(NODE, REBOOTING, "no"));
    commands.put("reboot fail other", new FailNodeReboot(NODE, OTHER, "no"));
    commands.put("cordon", CORDON);
    commands.put("ready", READY);
    commands.put("away", AWAY);
    commands.put("back", BACK);
    commands.put("observed absent", ABSENT);
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
  void only_a_node_that_is_up_boots_again(NodePhase phase) {
    boolean up = phase == NodePhase.READY || phase == NodePhase.NOT_READY;
    assertThat(outcome(REBOOT, after(observed(phase, "boot-1"))))
        .isEqualTo(up ? "NodeRebootStarted" : "!BUSY");
  }

  private static CommandRejected rejection(NodeState state) {
    return catchThrowableOfType(CommandRejected.class, () -> NodeDecider.decide(REBOOT, state));
  }

  @Test
  void an_unknown_and_a_deleted_node_do_not_boot_again() {
    for (NodeState state : List.of(new Absent(), new Deleted())) {
      assertThat(rejection(state).reason()).isEqualTo(Reason.NOT_FOUND);
      assertThat(rejection(state).argument()).isEqualTo("node_id");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CREATING, creating",
    "STARTING, starting",
    "REGISTERING, registering",
    "REBOOTING, rebooting",
  })
  void a_node_that_is_on_its_way_up_is_awaited(NodePhase phase, String detail) {
    CommandRejected e = rejection(after(observed(phase, "boot-1")));
    assertThat(e.reason()).isEqualTo(Reason.BUSY);
    assertThat(e.argument()).isEqualTo("node_id");
    assertThat(e.awaited()).containsExactly(new Awaited("node/" + NODE, detail, null));
    assertThat(e.getMessage()).isEqualTo("node " + NODE + " is " + detail);
  }

  @Test
  void a_node_that_will_not_come_up_is_not_awaited() {
    for (NodeState state :
        List.of(
            after(READY, CORDON),
            after(observed(NodePhase.DELETING, "boot-1")),
            after(observed(NodePhase.CREATION_FAILED, "")))) {
      assertThat(rejection(state).reason()).isEqualTo(Reason.BUSY);
      assertThat(rejection(state).argument()).isEqualTo("node_id");
      assertThat(rejection(state).awaited()).isEmpty();
    }
  }

  @Test
  void a_reboot_names_the_boot_before_and_its_end_the_boot_after() {
    assertThat(NodeDecider.decide(REBOOT, after(READY)))
        .containsExactly(new NodeRebootStarted(NODE, CLUSTER, POOL, REBOOTING, "boot-1"));
    assertThat(NodeDecider.decide(BOOTED, after(READY, REBOOT, AWAY, BACK)))
        .containsExactly(new NodeRebootFinished(NODE, CLUSTER, POOL, REBOOTING, "boot-2"));
    assertThat(NodeDecider.decide(new FailNodeReboot(NODE, REBOOTING, "no"), after(READY, REBOOT)))
        .containsExactly(new NodeRebootFailed(NODE, CLUSTER, POOL, REBOOTING, "no"));
  }

  @Test
  void an_observation_alone_does_not_end_a_reboot() {
    assertThat(outcome(BACK, after(READY, REBOOT, AWAY))).isEqualTo("NodePhaseChanged");
    assertThat(outcome(REBOOT, after(READY, REBOOT, AWAY, BACK))).isEqualTo("-");
  }

  @Test
  void the_reboot_of_a_node_that_becomes_absent_has_failed() {
    assertThat(NodeDecider.decide(ABSENT, after(READY, REBOOT)))
        .containsExactly(
            new NodeRebootFailed(NODE, CLUSTER, POOL, REBOOTING, "the node no longer exists"),
            new NodeDeleted(NODE, CLUSTER, POOL));
  }

  @Test
  void a_node_is_cordoned_once_by_the_first_run_that_will_remove_it() {
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
        assertThat(live instanceof Deleted && !events.isEmpty()).isFalse();
        stream.addAll(events);
        for (NodeEvent event : events) {
          live = NodeEvolution.evolve(live, event);
        }
        assertThat(outcome(command, live)).matches("-|!.*");
      }
      NodeState replayed = new Absent();
      for (NodeEvent event : stream) {
        replayed = NodeEvolution.evolve(replayed, event);
      }
      assertThat(replayed).isEqualTo(live);
      if (live instanceof Alive alive) {
        assertThat(applied(ABSENT, alive)).isEqualTo(new Deleted());
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
