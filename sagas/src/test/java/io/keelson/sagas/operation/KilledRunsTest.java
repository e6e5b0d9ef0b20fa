package io.keelson.sagas.operation;

import static io.keelson.sagas.operation.Runs.BEFORE;
import static io.keelson.sagas.operation.Runs.DECIDER;
import static io.keelson.sagas.operation.Runs.ONE;
import static io.keelson.sagas.operation.Runs.OPERATION;
import static io.keelson.sagas.operation.Runs.VERSION;
import static io.keelson.sagas.operation.Runs.answered;
import static io.keelson.sagas.operation.Runs.fold;
import static io.keelson.sagas.operation.Runs.seen;
import static io.keelson.sagas.operation.Runs.tell;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.Command;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.StartOperation;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.AdditionalResourcesRemovalRequested;
import io.keelson.commands.operation.OperationEvent.ClusterRemovalRequested;
import io.keelson.commands.operation.OperationEvent.ComponentsRequested;
import io.keelson.commands.operation.OperationEvent.ControlPlaneRequested;
import io.keelson.commands.operation.OperationEvent.NodeRebootRequested;
import io.keelson.commands.operation.OperationEvent.OperationFinished;
import io.keelson.commands.operation.OperationEvent.PoolRemovalRequested;
import io.keelson.commands.operation.OperationEvent.PoolRequested;
import io.keelson.commands.operation.OperationEvent.Request;
import io.keelson.commands.operation.OperationEvent.RunAwaited;
import io.keelson.commands.operation.OperationEvent.TargetBlocked;
import io.keelson.commands.operation.OperationEvent.TargetProgressed;
import io.keelson.commands.operation.OperationEvent.Wish;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.ObservedNode.Phase;
import io.keelson.commands.provisioning.PoolDocument;
import io.keelson.sagas.operation.OperationState.Absent;
import io.keelson.sagas.operation.OperationState.Ended;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every kind of run, killed after every one of its inputs: its state comes back from its events
 * alone, and everything that it was ever told is told again. It must end as if it had not been
 * killed, and say nothing twice that has an effect.
 */
class KilledRunsTest {

  private static final int SEEDS = 12;
  private static final int NODES = 3;
  private static final PoolDocument OLD = Runs.pool(ONE, 1).rolled(1, NODES, 0, List.of());
  private static final PoolDocument NEW = Runs.pool(ONE, 2).rolled(2, NODES, 0, List.of());
  private static final List<Plan> PLANS =
      Stream.<List<? extends Plan>>of(
              List.of(Runs.CREATE, Runs.DELETE),
              Runs.POOL_PLANS,
              Runs.CHANGE_PLANS.stream().filter(plan -> !plan.equals(Runs.ROLL)).toList(),
              List.of(
                  new Plan.UpgradePool(NEW, BEFORE, new UpgradePolicy(1, 0)),
                  new Plan.UpgradePool(NEW, BEFORE, new UpgradePolicy(0, 2)),
                  new Plan.ReplaceNode(
                      NEW, Runs.node(1, VERSION, Phase.READY).node(), new UpgradePolicy(1, 0))))
          .<Plan>flatMap(List::stream)
          .toList();

  @Test
  void there_is_a_run_of_every_kind() {
    assertThat(PLANS.stream().map(Object::getClass).distinct().toList())
        .hasSameElementsAs(List.of(Plan.class.getPermittedSubclasses()));
  }

  @TestFactory
  Stream<DynamicTest> end_in_the_same_way_and_do_nothing_twice() {
    return PLANS.stream()
        .flatMap(
            plan ->
                Stream.iterate(1L, seed -> seed <= SEEDS, seed -> seed + 1)
                    .map(
                        seed ->
                            DynamicTest.dynamicTest(
                                plan.getClass().getSimpleName() + ", seed " + seed,
                                () -> check(whole(plan, new Random(seed))))));
  }

  /**
   * A run from its beginning to its end.
   *
   * @param inputs in the order in which it was told them
   * @param events what came of its start, and then of each input
   */
  private record Told(Plan plan, List<Input> inputs, List<List<OperationEvent>> events) {

    /** All that had happened after as many inputs. */
    List<OperationEvent> until(int inputs) {
      return events.subList(0, inputs + 1).stream().flatMap(List::stream).toList();
    }
  }

  private static void check(Told run) {
    List<OperationEvent> undisturbed = effective(run.until(run.inputs().size()));
    assertThat(undisturbed.getLast()).isInstanceOf(OperationFinished.class);
    assertThat(wishes(undisturbed)).isNotEmpty().doesNotHaveDuplicates();
    assertThat(commands(undisturbed)).doesNotHaveDuplicates();
    for (int kill = 0; kill <= run.inputs().size(); kill++) {
      assertThat(effective(killed(run, kill)))
          .as("killed after %d of %s", kill, run.inputs())
          .isEqualTo(undisturbed);
    }
  }

  /** The events of a run that was killed after as many inputs. */
  private static List<OperationEvent> killed(Told run, int kill) {
    List<OperationEvent> stream = new ArrayList<>(run.until(kill));
    OperationState state = fold(new Absent(), stream);
    assertThat(DECIDER.decide(new StartOperation(OPERATION, run.plan()), state)).isEmpty();
    List<Input> again = new ArrayList<>(run.inputs().subList(0, kill));
    again.addAll(run.inputs());
    for (Input input : again) {
      List<OperationEvent> events = tell(state, input);
      state = fold(state, events);
      stream.addAll(events);
    }
    assertThat(fold(new Absent(), stream)).as("replayed = live").isEqualTo(state);
    return stream;
  }

  /** Without the notes of what was seen moving: an old sight that comes again is noted again. */
  private static List<OperationEvent> effective(List<OperationEvent> stream) {
    return stream.stream()
        .filter(e -> !(e instanceof TargetProgressed) && !(e instanceof TargetBlocked))
        .toList();
  }

  private static List<String> wishes(List<OperationEvent> stream) {
    return stream.stream()
        .filter(Request.class::isInstance)
        .map(Request.class::cast)
        .map(r -> (r instanceof Wish w ? w.idempotencyKey() : r.target()) + " " + r.attempt())
        .toList();
  }

  private static List<Command> commands(List<OperationEvent> stream) {
    return stream.stream().flatMap(e -> Effects.of(e).stream()).toList();
  }

  /** A run against a provider that moves in any order, and is out of reach now and then. */
  private static Told whole(Plan plan, Random random) {
    List<Input> inputs = new ArrayList<>();
    List<List<OperationEvent>> events = new ArrayList<>();
    PoolWorld pool =
        new PoolWorld(random, OLD, 1000, plan instanceof Plan.ReplaceNode ? VERSION : BEFORE);
    boolean rolls = LongProcess.of(plan) instanceof RollProcess;
    Map<Target, Deque<Input>> news = new TreeMap<>();
    events.add(DECIDER.decide(new StartOperation(OPERATION, plan), new Absent()));
    OperationState state = fold(new Absent(), events.getFirst());
    while (!(state instanceof Ended)) {
      for (OperationEvent event : events.getLast()) {
        if (event instanceof Request request) {
          news.computeIfAbsent(request.target(), _ -> new ArrayDeque<>())
              .addAll(rolls ? rolled(request, pool, random) : told(request, random));
        }
      }
      if (rolls && news.values().stream().allMatch(Deque::isEmpty)) {
        assertThat(pool.step()).as("moves until the run has ended").isTrue();
        news.values()
            .forEach(of -> of.add(seen(Target.pool(ONE), pool.sight(random.nextBoolean()))));
      }
      Input input = next(news, random);
      inputs.add(input);
      events.add(tell(state, input));
      state = fold(state, events.getLast());
    }
    return new Told(plan, inputs, events);
  }

  /** In order for each target. */
  private static Input next(Map<Target, Deque<Input>> news, Random random) {
    List<Deque<Input>> waiting = news.values().stream().filter(of -> !of.isEmpty()).toList();
    return waiting.get(random.nextInt(waiting.size())).removeFirst();
  }

  private static List<Input> rolled(Request request, PoolWorld pool, Random random) {
    if (isOutOfReach(request, random)) {
      return unreachable(request);
    }
    PoolDocument document = ((PoolRequested) request).document();
    List<Input> inputs = new ArrayList<>();
    inputs.add(answered(request.target(), request.attempt(), pool.apply(document)));
    inputs.add(seen(request.target(), pool.sight(true)));
    return inputs;
  }

  private static boolean isOutOfReach(Request request, Random random) {
    return request instanceof Wish && random.nextInt(3) == 0;
  }

  private static List<Input> unreachable(Request request) {
    return List.of(
        answered(request.target(), request.attempt(), Runs.UNAVAILABLE),
        new Input.TimerFired(Draft.RETRY_TIMER + request.target(), request.attempt()));
  }

  private static List<Input> told(Request request, Random random) {
    Target target = request.target();
    if (request instanceof RunAwaited) {
      return List.of(new Input.RunEnded(target, null));
    }
    if (isOutOfReach(request, random)) {
      return unreachable(request);
    }
    List<Input> inputs = new ArrayList<>();
    inputs.add(answered(target, request.attempt(), Runs.ACCEPTED));
    sights(request).forEach(sight -> inputs.add(seen(target, sight)));
    return inputs;
  }

  /** What is seen of a wish that comes true. */
  private static List<Sight> sights(Request request) {
    return switch (request) {
      case ControlPlaneRequested r ->
          List.of(
              Runs.controlPlane(r.document().generation(), 0),
              Runs.controlPlane(r.document().generation(), 1));
      case ComponentsRequested _ -> List.of(Runs.components(false), Runs.components(true));
      case PoolRequested r ->
          List.of(
              Runs.pool(r.document().pool(), r.document().generation(), 1),
              Runs.pool(r.document().pool(), r.document().generation(), 2));
      case PoolRemovalRequested r -> List.of(Runs.pool(r.pool(), 1, 1), Runs.NO_POOL);
      case AdditionalResourcesRemovalRequested _ -> List.of(Runs.SOME_LEFT, Runs.NONE_LEFT);
      case ClusterRemovalRequested _ -> List.of(Runs.GONE);
      case NodeRebootRequested r -> List.of(new Sight.OfBootedNode(r.node()));
      default -> List.of(); // in force once it is accepted
    };
  }
}
