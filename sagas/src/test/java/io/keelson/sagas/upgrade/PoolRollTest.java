package io.keelson.sagas.upgrade;

import static io.keelson.sagas.Runs.BEFORE;
import static io.keelson.sagas.Runs.CLUSTER;
import static io.keelson.sagas.Runs.ONE;
import static io.keelson.sagas.Runs.OPERATION;
import static io.keelson.sagas.Runs.POOL_ONE;
import static io.keelson.sagas.Runs.VERSION;
import static io.keelson.sagas.Runs.node;
import static io.keelson.sagas.Runs.nodes;
import static io.keelson.sagas.Runs.observed;
import static io.keelson.sagas.Runs.responded;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.Decision;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.Verdict;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.operation.RequestEvent.PoolObservationAwaited;
import io.keelson.commands.operation.RequestEvent.PoolRequested;
import io.keelson.commands.operation.RunEvent.DecisionMade;
import io.keelson.commands.operation.RunEvent.OperationFailed;
import io.keelson.commands.operation.RunEvent.OperationFinished;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetEvent.TargetFailed;
import io.keelson.commands.operation.TargetObservation;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.Result;
import io.keelson.commands.upgrade.RollEvent.NodeReplaced;
import io.keelson.commands.upgrade.RollEvent.NodesPlanned;
import io.keelson.commands.upgrade.RollEvent.NodesSelected;
import io.keelson.commands.upgrade.RollEvent.PlannedNode;
import io.keelson.commands.upgrade.UpgradePlan;
import io.keelson.sagas.Runs;
import io.keelson.sagas.operation.OperationState;
import io.keelson.sagas.operation.OperationState.Absent;
import io.keelson.sagas.operation.OperationState.Ended;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A roll against a little provider, in every order that its steps and its results may come. */
class PoolRollTest {

  private static final int PLENTY = 1000;

  private final List<OperationEvent> stream = new ArrayList<>();
  private OperationState state = new Absent();

  @BeforeEach
  void begin() {
    stream.clear();
    state = new Absent();
  }

  private static PoolTarget target(int size) {
    return new PoolTarget(ONE, 2, size, VERSION);
  }

  private static Plan upgrade(int size, int unavailable, int surge) {
    return upgrade(size, BEFORE, unavailable, surge);
  }

  private static Plan upgrade(int size, KubernetesVersion before, int unavailable, int surge) {
    return new UpgradePlan.UpgradePool(
        CLUSTER, target(size), before, new UpgradePolicy(unavailable, surge));
  }

  private static Plan replace(int size, NodeId node, int unavailable, int surge) {
    return new UpgradePlan.ReplaceNode(
        CLUSTER, target(size), node, new UpgradePolicy(unavailable, surge));
  }

  private List<OperationEvent> take(List<OperationEvent> events) {
    stream.addAll(events);
    state = Runs.fold(state, events);
    return events;
  }

  private List<OperationEvent> tell(Input input) {
    List<OperationEvent> events = take(Runs.advance(state, input));
    assertThat(Runs.advance(state, input)).as("%s twice", input).isEmpty();
    return events;
  }

  private List<OperationEvent> see(long generation, int desired, ObservedNode... nodes) {
    return tell(observed(POOL_ONE, nodes(generation, desired, List.of(nodes))));
  }

  private static ObservedNode old(int number) {
    return node(number, BEFORE, NodePhase.READY);
  }

  private static ObservedNode fresh(int number) {
    return node(number, VERSION, NodePhase.READY);
  }

  private static ObservedNode deleting(int number) {
    return node(number, BEFORE, NodePhase.DELETING);
  }

  private <T extends OperationEvent> List<T> all(Class<T> type) {
    return stream.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private List<NodeId> selected() {
    return all(NodesSelected.class).stream().flatMap(e -> e.nodes().stream()).toList();
  }

  private static NodesPlanned planned(List<PlannedNode> nodes, NodeId... kept) {
    return new NodesPlanned(OPERATION, CLUSTER, ONE, nodes, List.of(kept), VERSION);
  }

  private static PoolRequested requested(
      long generation, int size, int maxSize, NodeId... nodesToRemove) {
    return new PoolRequested(
        OPERATION, CLUSTER, ONE, generation, size, maxSize, List.of(nodesToRemove));
  }

  private static NodesSelected selected(
      NodeId node, int ready, int needed, int size, int unavailable, int surge, int remaining) {
    return new NodesSelected(
        OPERATION,
        CLUSTER,
        ONE,
        List.of(node),
        new Decision(
            "rolling-update",
            1,
            "pool/" + ONE,
            Verdict.ACTED,
            Map.of(
                "nodes", node.toString(),
                "ready", Integer.toString(ready),
                "needed", Integer.toString(needed),
                "size", Integer.toString(size),
                "max_unavailable", Integer.toString(unavailable),
                "surge", Integer.toString(surge),
                "remaining", Integer.toString(remaining)),
            "The upgrade policy of the pool allows it: %d of %d nodes are ready, and %d must stay ready."
                .formatted(ready, size, needed)));
  }

  private static NodeReplaced replaced(int node, int successor) {
    return new NodeReplaced(OPERATION, CLUSTER, ONE, node(node), node(successor));
  }

  private static TargetConverged converged(String process, String result) {
    return new TargetConverged(OPERATION, CLUSTER, process, POOL_ONE, result);
  }

  @Test
  void an_upgrade_records_the_plan_and_then_at_most_three_events_for_each_node() {
    take(Runs.start(upgrade(2, 1, 0)));
    assertThat(stream.getLast()).isEqualTo(new PoolObservationAwaited(OPERATION, CLUSTER, ONE));

    assertThat(see(1, 2, old(0), old(1)))
        .containsExactly(
            planned(List.of(new PlannedNode(node(0), BEFORE), new PlannedNode(node(1), BEFORE))),
            selected(node(0), 2, 1, 2, 1, 0, 2),
            requested(2, 2, 2, node(0)));
    assertThat(tell(responded(ONE, 2, Runs.ACCEPTED))).isEmpty();
    assertThat(see(1, 2, old(0), old(1))).as("about an earlier document").isEmpty();
    assertThat(see(2, 2, deleting(0), old(1))).isEmpty();
    assertThat(see(2, 2, old(1), node(2, VERSION, NodePhase.CREATING))).isEmpty();
    assertThat(see(2, 2, old(1), fresh(2)))
        .containsExactly(
            replaced(0, 2), selected(node(1), 2, 1, 2, 1, 0, 1), requested(3, 2, 2, node(1)));
    assertThat(see(3, 2, fresh(2), fresh(3)))
        .containsExactly(
            replaced(1, 3),
            converged("upgrade-pool", "2 of 2 nodes ready at 1.36.1"),
            new OperationFinished(OPERATION, CLUSTER, "upgrade-pool"));
  }

  @Test
  void a_pool_without_nodes_gets_the_document_for_later_nodes_alone() {
    take(Runs.start(upgrade(0, 1, 0)));
    assertThat(see(1, 0)).containsExactly(planned(List.of()), requested(2, 0, 0));
    assertThat(see(2, 0))
        .containsExactly(
            converged("upgrade-pool", "0 of 0 nodes ready"),
            new OperationFinished(OPERATION, CLUSTER, "upgrade-pool"));
  }

  @Test
  void a_surge_comes_before_the_first_node_leaves_and_each_successor_counts_once() {
    take(Runs.start(upgrade(2, 0, 1)));
    assertThat(see(1, 2, old(0), fresh(1), deleting(9)))
        .containsExactly(
            planned(List.of(new PlannedNode(node(0), BEFORE)), node(1)), requested(2, 3, 3));
    assertThat(see(2, 3, old(0), fresh(1), fresh(2)))
        .containsExactly(selected(node(0), 3, 2, 2, 0, 1, 1), requested(3, 2, 3, node(0)));
    assertThat(see(3, 2, fresh(1))).as("the node that was there before is no successor").isEmpty();
    assertThat(see(3, 2, fresh(1), fresh(2)))
        .containsExactly(
            replaced(0, 2),
            converged("upgrade-pool", "2 of 2 nodes ready at 1.36.1"),
            new OperationFinished(OPERATION, CLUSTER, "upgrade-pool"));
  }

  @Test
  void several_nodes_are_paired_in_order_and_what_is_replaced_leaves_the_document() {
    take(Runs.start(upgrade(3, 2, 0)));
    see(1, 3, old(0), old(1), old(2));
    assertThat(selected()).containsExactly(node(0), node(1));
    assertThat(see(2, 3, old(2), fresh(3)))
        .containsExactly(
            replaced(0, 3),
            selected(node(2), 2, 1, 3, 2, 0, 1),
            requested(3, 3, 3, node(1), node(2)));
    assertThat(see(3, 3, fresh(3), old(4), fresh(5)))
        .as("a node of another version is no successor, but planned in the next round")
        .containsExactly(
            replaced(1, 5),
            planned(List.of(new PlannedNode(node(4), BEFORE)), node(3), node(5)),
            selected(node(4), 3, 1, 3, 2, 0, 1),
            requested(4, 3, 3, node(2), node(4)));
    assertThat(see(4, 3, fresh(3), fresh(5), fresh(6), fresh(7)))
        .containsExactly(replaced(2, 6), replaced(4, 7));
  }

  @Test
  void a_roll_ends_only_when_a_drained_node_that_the_pool_no_longer_counts_is_deleted() {
    take(Runs.start(upgrade(1, 1, 0)));
    see(1, 1, old(0));
    assertThat(
            tell(
                observed(POOL_ONE, nodes(2, 1, List.of(fresh(1)), List.of(deleting(0), fresh(1))))))
        .isEmpty();
    assertThat(see(2, 1, fresh(1)))
        .containsExactly(
            replaced(0, 1),
            converged("upgrade-pool", "1 of 1 node ready at 1.36.1"),
            new OperationFinished(OPERATION, CLUSTER, "upgrade-pool"));
  }

  @Test
  void a_document_of_another_run_moves_nothing() {
    take(Runs.start(upgrade(2, 1, 0)));
    assertThat(see(2, 2, old(0), old(1))).isEmpty();
    assertThat(see(1, 2, old(0), old(1))).hasSize(3);
    assertThat(see(3, 2, old(1), fresh(2))).isEmpty();
  }

  @Test
  void an_absent_pool_moves_nothing() {
    take(Runs.start(upgrade(1, 1, 0)));
    assertThat(tell(observed(POOL_ONE, Runs.NO_POOL))).isEmpty();
    see(1, 1, old(0));
    assertThat(tell(observed(POOL_ONE, Runs.NO_POOL))).isEmpty();
    assertThat(tell(observed(POOL_ONE, Runs.components(true)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"CAPACITY, 3, 1, 1", "QUOTA, 2, 1, 1", "CAPACITY, 1, 1, 0"})
  void a_refusal_for_want_of_machines_narrows_the_surge(
      Result.Code code, int surge, int unavailable, int next) {
    take(Runs.start(upgrade(4, unavailable, surge)));
    see(1, 4, old(0), old(1), old(2), old(3));
    Result refused = new Result.Refused(code, "node_type", "out of stock");
    assertThat(tell(responded(ONE, 2, refused)))
        .containsExactly(
            new DecisionMade(
                OPERATION,
                CLUSTER,
                new Decision(
                    "surge-fallback",
                    1,
                    "pool/" + ONE,
                    Verdict.ACTED,
                    Map.of(
                        "surge", Integer.toString(surge),
                        "next_surge", Integer.toString(next),
                        "refusal", "out of stock"),
                    "The provider has no machines to spare: the pool is rolled with %d more machines instead of %d."
                        .formatted(next, surge))),
            requested(3, 4 - 1 + Math.min(4, 1 + next), 4 + next, node(0)));
  }

  @ParameterizedTest
  @CsvSource({"CAPACITY, 1, 0", "CAPACITY, 0, 1", "INVALID, 3, 1", "REMOVED, 3, 1"})
  void any_other_refusal_fails_the_roll(Result.Code code, int surge, int unavailable) {
    take(Runs.start(upgrade(2, unavailable, surge)));
    see(1, 2, old(0), old(1));
    List<OperationEvent> events =
        tell(responded(ONE, 2, new Result.Refused(code, "", "not possible")));
    String reason =
        "the provider refused the request (%s): not possible"
            .formatted(code.name().toLowerCase(Locale.ROOT));
    assertThat(events)
        .containsExactly(
            new TargetFailed(OPERATION, CLUSTER, "upgrade-pool", POOL_ONE, reason),
            new OperationFailed(OPERATION, CLUSTER, "upgrade-pool", POOL_ONE + ": " + reason));
  }

  @Test
  void nodes_that_are_not_ready_leave_first_and_at_once() {
    take(Runs.start(upgrade(3, 1, 0)));
    List<OperationEvent> events = see(1, 3, old(0), node(1, BEFORE, NodePhase.NOT_READY), old(2));
    assertThat(((NodesPlanned) events.getFirst()).nodes())
        .extracting(PlannedNode::node)
        .containsExactly(node(1), node(0), node(2));
    assertThat(selected()).containsExactly(node(1));
  }

  @Test
  void a_missed_node_is_planned_in_another_round_three_times_at_most() {
    take(Runs.start(upgrade(1, 1, 0)));
    see(1, 1, old(0));
    for (int round = 1; round <= 2; round++) {
      assertThat(see(1 + round, 1, old(round)))
          .containsExactly(
              planned(List.of(new PlannedNode(node(round), BEFORE))),
              new NodesSelected(
                  OPERATION,
                  CLUSTER,
                  ONE,
                  List.of(node(round)),
                  all(NodesSelected.class).getLast().decision()),
              requested(2 + round, 1, 1, drained(round)));
    }
    assertThat(see(4, 1, old(3))).as("no fourth round").isEmpty();
    assertThat(see(4, 1, fresh(4)))
        .containsExactly(
            replaced(0, 4),
            converged("upgrade-pool", "1 of 1 node ready at 1.36.1"),
            new OperationFinished(OPERATION, CLUSTER, "upgrade-pool"));
  }

  private static NodeId[] drained(int last) {
    return IntStream.rangeClosed(0, last).mapToObj(Runs::node).toArray(NodeId[]::new);
  }

  @Test
  void a_roll_to_the_same_version_replaces_every_node_once() {
    take(Runs.start(upgrade(2, VERSION, 2, 0)));
    see(1, 2, fresh(0), fresh(1));
    assertThat(selected()).containsExactly(node(0), node(1));
    assertThat(see(2, 2, fresh(2), fresh(3)))
        .containsExactly(
            replaced(0, 2),
            replaced(1, 3),
            converged("upgrade-pool", "2 of 2 nodes ready at 1.36.1"),
            new OperationFinished(OPERATION, CLUSTER, "upgrade-pool"));
  }

  @Test
  void a_replacement_keeps_the_other_nodes_whatever_their_version() {
    take(Runs.start(replace(3, node(1), 1, 0)));
    assertThat(see(1, 3, old(0), fresh(1), fresh(2)))
        .containsExactly(
            planned(List.of(new PlannedNode(node(1), VERSION)), node(0), node(2)),
            selected(node(1), 3, 2, 3, 1, 0, 1),
            requested(2, 3, 3, node(1)));
    assertThat(see(2, 3, old(0), fresh(2), fresh(3)))
        .containsExactly(
            replaced(1, 3),
            converged("replace-node", "3 of 3 nodes ready, 1 at 1.35.3 and 2 at 1.36.1"),
            new OperationFinished(OPERATION, CLUSTER, "replace-node"));
  }

  @Test
  void a_node_that_is_absent_has_been_replaced() {
    take(Runs.start(replace(1, Runs.NODE, 1, 0)));
    assertThat(see(1, 1, fresh(0)))
        .containsExactly(planned(List.of(), node(0)), requested(2, 1, 1));
    assertThat(see(2, 1, fresh(0))).hasSize(2).last().isInstanceOf(OperationFinished.class);
    assertThat(selected()).isEmpty();
  }

  /** Carries requests out and reports what is observed, in random order, until nothing moves. */
  private void run(PoolWorld world, Random random, Runnable check) {
    tell(observed(POOL_ONE, world.observe()));
    int carried = 0;
    boolean moved = true;
    while (!(state instanceof Ended) && (moved || carried < all(PoolRequested.class).size())) {
      moved = world.step();
      check.run();
      List<PoolRequested> requests = all(PoolRequested.class);
      if (carried < requests.size() && (!moved || random.nextInt(3) == 0)) {
        PoolRequested request = requests.get(carried++);
        Result result = world.apply(request);
        moved = true;
        check.run();
        tell(responded(ONE, request.generation(), result));
        tell(observed(POOL_ONE, world.observe()));
      } else if (!moved || random.nextBoolean()) {
        tell(observed(POOL_ONE, world.observe()));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10, 1, 2",
    "10, 1, 0",
    "10, 0, 1",
    "3, 3, 0",
    "3, 0, 9",
    "1, 1, 0",
    "1, 0, 1",
    "0, 1, 0"
  })
  void replaces_every_node_in_order_and_never_has_too_few_or_too_many(
      int size, int unavailable, int surge) {
    for (long seed = 1; seed <= 60; seed++) {
      begin();
      Random random = new Random(seed);
      PoolWorld world = new PoolWorld(random, size, PLENTY, BEFORE);
      List<NodeId> before = world.ids();
      take(Runs.start(upgrade(size, unavailable, surge)));
      run(
          world,
          random,
          () -> {
            assertThat(world.ready()).isGreaterThanOrEqualTo(size - unavailable);
            assertThat(world.existing()).isLessThanOrEqualTo(size + surge);
          });
      assertThat(stream.getLast()).as("seed %d", seed).isInstanceOf(OperationFinished.class);
      assertThat(world.all()).hasSize(size).allMatch(n -> n.version().equals(VERSION));
      assertThat(all(NodesPlanned.class))
          .singleElement()
          .satisfies(
              e ->
                  assertThat(e.nodes().stream().map(PlannedNode::node).toList()).isEqualTo(before));
      assertThat(selected()).isEqualTo(before);
      assertThat(all(NodeReplaced.class).stream().map(NodeReplaced::node))
          .containsExactlyInAnyOrderElementsOf(before);
      assertThat(all(NodeReplaced.class).stream().map(NodeReplaced::successor))
          .containsExactlyInAnyOrderElementsOf(world.ids());
      assertThat(stream.size()).as("a budget of three events a node").isLessThan(3 * size + 8);
      assertThat(Runs.fold(new Absent(), stream)).as("replayed = live").isEqualTo(state);
      assertGrowing();
    }
  }

  /** Each document is newer than the one before, and has a key of its own. */
  private void assertGrowing() {
    Set<String> keys = new HashSet<>();
    long generation = 1;
    for (PoolRequested request : all(PoolRequested.class)) {
      assertThat(request.generation()).isEqualTo(++generation);
      assertThat(keys.add(request.idempotencyKey())).isTrue();
    }
  }

  @Test
  void falls_back_to_one_more_machine_and_then_to_none_where_there_is_no_capacity() {
    Random random = new Random(7);
    PoolWorld world = new PoolWorld(random, 5, 5, BEFORE);
    take(Runs.start(upgrade(5, 1, 3)));
    run(world, random, () -> assertThat(world.ready()).isGreaterThanOrEqualTo(4));

    assertThat(stream.getLast()).isInstanceOf(OperationFinished.class);
    assertThat(world.all()).hasSize(5).allMatch(n -> n.version().equals(VERSION));
    assertThat(all(DecisionMade.class))
        .extracting(d -> d.decision().inputs().get("next_surge"))
        .containsExactly("1", "0");
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "0, 1"})
  void replaces_one_node_alone(int unavailable, int surge) {
    for (long seed = 1; seed <= 30; seed++) {
      begin();
      Random random = new Random(seed);
      PoolWorld world = new PoolWorld(random, 3, PLENTY, VERSION);
      List<NodeId> before = world.ids();
      take(Runs.start(replace(3, before.get(1), unavailable, surge)));
      run(
          world,
          random,
          () -> {
            assertThat(world.ready()).isGreaterThanOrEqualTo(3 - unavailable);
            assertThat(world.existing()).isLessThanOrEqualTo(3 + surge);
          });
      assertThat(stream.getLast()).isInstanceOf(OperationFinished.class);
      assertThat(world.ids())
          .hasSize(3)
          .contains(before.get(0), before.get(2))
          .doesNotContain(before.get(1));
      assertThat(all(NodeReplaced.class)).hasSize(1);
    }
  }

  @Test
  void a_late_observation_of_another_kind_changes_nothing_after_the_end() {
    take(Runs.start(upgrade(0, 1, 0)));
    see(1, 0);
    see(2, 0);
    TargetObservation more = nodes(9, 1, List.of(old(0)));
    assertThat(tell(observed(POOL_ONE, more))).isEmpty();
  }
}
