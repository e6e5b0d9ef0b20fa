package io.keelson.sagas.operation;

import static io.keelson.sagas.operation.Runs.BEFORE;
import static io.keelson.sagas.operation.Runs.CLUSTER;
import static io.keelson.sagas.operation.Runs.DECIDER;
import static io.keelson.sagas.operation.Runs.ONE;
import static io.keelson.sagas.operation.Runs.OPERATION;
import static io.keelson.sagas.operation.Runs.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.NodeId;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.StartOperation;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.DecisionMade;
import io.keelson.commands.operation.OperationEvent.NodesChosen;
import io.keelson.commands.operation.OperationEvent.NodesPlanned;
import io.keelson.commands.operation.OperationEvent.OperationFailed;
import io.keelson.commands.operation.OperationEvent.OperationFinished;
import io.keelson.commands.operation.OperationEvent.PoolRequested;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.Answer;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.PoolDocument;
import io.keelson.sagas.operation.OperationState.Absent;
import io.keelson.sagas.operation.OperationState.Ended;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A roll against a little provider, in every order that its steps and its answers may come. */
class RollProcessTest {

  private static final Target POOL = Target.pool(ONE);
  private static final int PLENTY = 1000;

  private final List<OperationEvent> stream = new ArrayList<>();
  private OperationState state = new Absent();

  @BeforeEach
  void begin() {
    stream.clear();
    state = new Absent();
  }

  private static PoolDocument document(int size) {
    return Runs.pool(ONE, 2).rolled(2, size, 0, List.of());
  }

  private static Plan upgrade(int size, int unavailable, int surge) {
    return new Plan.UpgradePool(document(size), BEFORE, new UpgradePolicy(unavailable, surge));
  }

  private void take(List<OperationEvent> events) {
    stream.addAll(events);
    state = Runs.fold(state, events);
  }

  private void start(Plan plan) {
    take(DECIDER.decide(new StartOperation(OPERATION, plan), state));
  }

  private <T extends OperationEvent> List<T> all(Class<T> type) {
    return stream.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private List<NodeId> chosen() {
    return all(NodesChosen.class).stream().flatMap(e -> e.nodes().stream()).toList();
  }

  /** Carries wishes out and tells what is seen, in random order, until nothing moves any more. */
  private void run(PoolWorld world, Random random, Runnable check) {
    int carried = 0;
    boolean moved = true;
    while (!(state instanceof Ended) && (moved || carried < all(PoolRequested.class).size())) {
      moved = world.step();
      check.run();
      List<PoolRequested> wishes = all(PoolRequested.class);
      if (carried < wishes.size() && (!moved || random.nextInt(3) == 0)) {
        PoolRequested wish = wishes.get(carried++);
        Answer answer = world.apply(wish.document());
        moved = true;
        check.run();
        take(Runs.tell(state, Runs.answered(POOL, wish.attempt(), answer)));
        take(Runs.tell(state, Runs.seen(POOL, world.sight(true))));
      } else if (!moved || random.nextBoolean()) {
        Input seen = Runs.seen(POOL, world.sight(false));
        take(Runs.tell(state, seen));
        assertThat(Runs.tell(state, seen)).as("told twice").isEmpty();
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
      PoolWorld world =
          new PoolWorld(random, Runs.pool(ONE, 1).rolled(1, size, 0, List.of()), PLENTY, BEFORE);
      List<NodeId> before = world.nodes();
      start(upgrade(size, unavailable, surge));
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
          .satisfies(e -> assertThat(e.nodes()).isEqualTo(before));
      assertThat(chosen()).isEqualTo(before);
      assertThat(Runs.fold(new Absent(), stream)).as("replayed = live").isEqualTo(state);
      assertGrowing();
    }
  }

  /** Each document is newer than the one before, and has a key of its own. */
  private void assertGrowing() {
    Set<String> keys = new HashSet<>();
    long generation = 0;
    for (PoolRequested wish : all(PoolRequested.class)) {
      assertThat(wish.document().generation()).isGreaterThan(generation);
      generation = wish.document().generation();
      assertThat(keys.add(wish.idempotencyKey())).isTrue();
    }
  }

  @Test
  void falls_back_to_one_too_many_and_then_to_none_where_there_is_no_capacity() {
    Random random = new Random(7);
    PoolWorld world =
        new PoolWorld(random, Runs.pool(ONE, 1).rolled(1, 5, 0, List.of()), 5, BEFORE);
    start(upgrade(5, 1, 3));
    run(world, random, () -> assertThat(world.ready()).isGreaterThanOrEqualTo(4));

    assertThat(stream.getLast()).isInstanceOf(OperationFinished.class);
    assertThat(world.all()).hasSize(5).allMatch(n -> n.version().equals(VERSION));
    assertThat(all(DecisionMade.class).stream().filter(d -> d.rule().equals("surge-fallback")))
        .extracting(d -> d.inputs().get("next_surge"))
        .containsExactly("1", "0");
  }

  @Test
  void fails_before_a_node_is_touched_where_there_is_no_capacity_and_none_may_be_missing() {
    Random random = new Random(7);
    PoolWorld world =
        new PoolWorld(random, Runs.pool(ONE, 1).rolled(1, 5, 0, List.of()), 5, BEFORE);
    List<ObservedNode> before = world.all();
    start(upgrade(5, 0, 2));
    run(world, random, () -> assertThat(world.ready()).isEqualTo(5));

    assertThat(stream.getLast())
        .isInstanceOfSatisfying(
            OperationFailed.class, e -> assertThat(e.reason()).contains("out of stock"));
    assertThat(chosen()).isEmpty();
    assertThat(world.all()).isEqualTo(before);
  }

  @Test
  void nodes_that_do_not_serve_go_first_and_do_not_count() {
    Random random = new Random(3);
    PoolWorld world =
        new PoolWorld(random, Runs.pool(ONE, 1).rolled(1, 4, 0, List.of()), PLENTY, BEFORE);
    world.fail(2);
    world.fail(3);
    List<NodeId> before = world.nodes();
    start(upgrade(4, 1, 0));
    run(world, random, () -> assertThat(world.ready()).isGreaterThanOrEqualTo(2));

    assertThat(stream.getLast()).isInstanceOf(OperationFinished.class);
    assertThat(all(NodesChosen.class).getFirst().nodes())
        .containsExactly(before.get(2), before.get(3));
  }

  @Test
  void nodes_that_a_late_look_did_not_show_are_planned_for_in_another_round() {
    Random random = new Random(5);
    PoolWorld world =
        new PoolWorld(random, Runs.pool(ONE, 1).rolled(1, 3, 0, List.of()), PLENTY, BEFORE);
    start(upgrade(3, 1, 0));
    world.apply(all(PoolRequested.class).getFirst().document());
    var shown = (Sight.OfPool) world.sight(true);
    take(
        Runs.tell(
            state, Runs.seen(POOL, new Sight.OfPool(shown.pool(), world.all().subList(0, 2)))));
    assertThat(all(NodesPlanned.class).getFirst().nodes()).hasSize(2);
    run(world, random, () -> assertThat(world.ready()).isGreaterThanOrEqualTo(2));

    assertThat(stream.getLast()).isInstanceOf(OperationFinished.class);
    assertThat(all(NodesPlanned.class)).hasSize(2);
    assertThat(world.all()).hasSize(3).allMatch(n -> n.version().equals(VERSION));
  }

  @Test
  void a_pool_of_that_version_already_is_moved_to_the_latest_image_when_it_is_asked_to() {
    Random random = new Random(9);
    PoolWorld world =
        new PoolWorld(random, Runs.pool(ONE, 1).rolled(1, 3, 0, List.of()), PLENTY, VERSION);
    List<NodeId> before = world.nodes();
    start(new Plan.UpgradePool(document(3), VERSION, new UpgradePolicy(1, 0)));
    run(world, random, () -> {});

    assertThat(stream.getLast()).isInstanceOf(OperationFinished.class);
    assertThat(world.nodes()).hasSize(3).doesNotContainAnyElementsOf(before);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "0, 1"})
  void replaces_one_node_alone(int unavailable, int surge) {
    for (long seed = 1; seed <= 30; seed++) {
      begin();
      Random random = new Random(seed);
      PoolWorld world =
          new PoolWorld(random, Runs.pool(ONE, 1).rolled(1, 3, 0, List.of()), PLENTY, VERSION);
      List<NodeId> before = world.nodes();
      start(
          new Plan.ReplaceNode(document(3), before.get(1), new UpgradePolicy(unavailable, surge)));
      run(
          world,
          random,
          () -> {
            assertThat(world.ready()).isGreaterThanOrEqualTo(3 - unavailable);
            assertThat(world.existing()).isLessThanOrEqualTo(3 + surge);
          });
      assertThat(stream.getLast()).isInstanceOf(OperationFinished.class);
      assertThat(world.nodes())
          .hasSize(3)
          .contains(before.get(0), before.get(2))
          .doesNotContain(before.get(1));
    }
  }

  @Test
  void a_node_that_is_not_there_has_been_replaced() {
    Random random = new Random(1);
    PoolWorld world =
        new PoolWorld(random, Runs.pool(ONE, 1).rolled(1, 2, 0, List.of()), PLENTY, VERSION);
    start(new Plan.ReplaceNode(document(2), Runs.NODE, UpgradePolicy.DEFAULT));
    run(world, random, () -> {});

    assertThat(stream.getLast()).isInstanceOf(OperationFinished.class);
    assertThat(chosen()).isEmpty();
  }

  @Test
  void every_choice_of_nodes_says_by_which_rule_and_numbers() {
    Random random = new Random(2);
    PoolWorld world =
        new PoolWorld(random, Runs.pool(ONE, 1).rolled(1, 3, 0, List.of()), PLENTY, BEFORE);
    start(upgrade(3, 1, 0));
    run(world, random, () -> {});

    List<DecisionMade> decisions = all(DecisionMade.class);
    assertThat(decisions).hasSameSizeAs(all(NodesChosen.class)).isNotEmpty();
    assertThat(decisions.getFirst().rule()).isEqualTo("rolling-update");
    assertThat(decisions.getFirst().inputs())
        .containsEntry("ready", "3")
        .containsEntry("needed", "2")
        .containsEntry("nodes", chosen().getFirst().toString());
    assertThat(CLUSTER).isEqualTo(decisions.getFirst().clusterId());
  }
}
