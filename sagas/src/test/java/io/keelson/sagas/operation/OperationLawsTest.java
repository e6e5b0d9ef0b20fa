package io.keelson.sagas.operation;

import static io.keelson.sagas.operation.Runs.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.CommandRejected;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.StartOperation;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.End;
import io.keelson.commands.operation.OperationEvent.TimerSet;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import io.keelson.sagas.operation.OperationState.Absent;
import io.keelson.sagas.operation.OperationState.Ended;
import io.keelson.sagas.operation.OperationState.Running;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws of every run, under inputs in random order, repeated, late and senseless. */
class OperationLawsTest {

  private static final int RUNS = 400;
  private static final int STEPS = 120;
  private static final List<Plan> PLANS =
      Stream.of(List.of(Runs.CREATE, Runs.DELETE), Runs.POOL_PLANS, Runs.CHANGE_PLANS)
          .flatMap(List::stream)
          .toList();

  /** Only the timers that are set, sometimes; else anything. */
  private static Input anyInput(Random random, List<TimerSet> timers) {
    if (!timers.isEmpty() && random.nextInt(4) == 0) {
      TimerSet timer = timers.get(random.nextInt(timers.size()));
      return new Input.TimerFired(timer.timer(), timer.number());
    }
    List<Target> targets =
        List.of(
            Target.CONTROL_PLANE,
            Target.COMPONENTS,
            Target.pool(Runs.ONE),
            Target.pool(Runs.TWO),
            Target.ADDITIONAL_RESOURCES,
            Target.ACL,
            Target.ADMIN_TOKEN,
            Target.node(Runs.NODE),
            Target.CLUSTER);
    Target target = targets.get(random.nextInt(targets.size()));
    return switch (random.nextInt(40)) {
      case 0 -> new Input.CancelAsked("enough");
      case 1 ->
          new Input.CommandRefused("FinishClusterCreation", CommandRejected.Reason.BUSY, "busy");
      case 2 -> Runs.answered(target, 1 + random.nextInt(3), Runs.REFUSED);
      case 3, 4, 5, 6, 7 -> Runs.answered(target, 1 + random.nextInt(3), Runs.UNAVAILABLE);
      case 8, 9, 10, 11, 12, 13 -> Runs.answered(target, 1 + random.nextInt(3), Runs.ACCEPTED);
      case 39 -> Runs.withdrawn(target);
      case 38 -> Runs.seen(target, new Sight.OfBootedNode(Runs.NODE));
      case 37 -> new Input.RunEnded(target, random.nextBoolean() ? null : "why");
      case 34, 35, 36 -> Runs.seen(target, Runs.nodes(random));
      case 14, 15, 16 -> Runs.seen(target, Runs.controlPlane(1, random.nextInt(2)));
      case 17, 18, 19 -> Runs.seen(target, Runs.components(random.nextBoolean()));
      case 20, 21, 22 -> Runs.seen(target, Runs.pool(Runs.ONE, 2, random.nextInt(3)));
      case 23, 24, 25 -> Runs.seen(target, Runs.NO_POOL);
      case 26, 27, 28 -> Runs.seen(target, random.nextBoolean() ? Runs.SOME_LEFT : Runs.NONE_LEFT);
      default -> Runs.seen(target, Runs.GONE);
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20260901, 4711})
  void hold_under_any_inputs(long seed) {
    Random random = new Random(seed);
    Set<Class<?>> ends = new HashSet<>();
    for (int run = 0; run < RUNS; run++) {
      Plan plan = PLANS.get(random.nextInt(PLANS.size()));
      List<OperationEvent> stream =
          new ArrayList<>(Runs.DECIDER.decide(new StartOperation(OPERATION, plan), new Absent()));
      OperationState live = Runs.fold(new Absent(), stream);
      List<TimerSet> timers = new ArrayList<>(timersIn(stream));
      for (int step = 0; step < STEPS; step++) {
        Input input = anyInput(random, timers);
        List<OperationEvent> events = Runs.tell(live, input);
        boolean ended = live instanceof Ended;
        assertThat(!ended || events.isEmpty()).as("nothing follows the end").isTrue();
        live = Runs.fold(live, events);
        stream.addAll(events);
        timers.addAll(timersIn(events));
        assertThat(Runs.tell(live, input)).as("%s twice", input).isEmpty();
        assertThat(live instanceof Ended || hasTimer(live, timers))
            .as("a waiting run has a timer")
            .isTrue();
      }
      assertThat(Runs.fold(new Absent(), stream)).as("replayed = live").isEqualTo(live);
      assertThat(stream.stream().filter(e -> e instanceof End).count())
          .isEqualTo(live instanceof Ended ? 1 : 0);
      stream.stream().filter(e -> e instanceof End).forEach(e -> ends.add(e.getClass()));
    }
    assertThat(ends).as("every way to end was reached").hasSize(3);
  }

  private static List<TimerSet> timersIn(List<OperationEvent> events) {
    return events.stream().filter(TimerSet.class::isInstance).map(TimerSet.class::cast).toList();
  }

  private static boolean hasTimer(OperationState state, List<TimerSet> timers) {
    return state instanceof Running running
        && timers.stream()
            .anyMatch(
                t ->
                    t.timer().equals(Draft.PROGRESS_TIMER)
                        && t.number() == running.watch().number());
  }
}
