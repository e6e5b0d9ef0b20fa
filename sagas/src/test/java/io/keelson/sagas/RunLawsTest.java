package io.keelson.sagas;

import static io.keelson.sagas.Runs.fold;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.CommandRejected;
import io.keelson.commands.NodePhase;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.StartOperation;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.RequestEvent;
import io.keelson.commands.operation.RequestEvent.ProviderRequest;
import io.keelson.commands.operation.RequestProgress;
import io.keelson.commands.operation.RunEvent.DeadlineExtended;
import io.keelson.commands.operation.RunEvent.End;
import io.keelson.commands.operation.RunEvent.OperationFinished;
import io.keelson.commands.operation.RunEvent.OperationStarted;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent;
import io.keelson.commands.operation.TargetEvent.TargetBlocked;
import io.keelson.commands.operation.TargetObservation;
import io.keelson.commands.operation.Timer;
import io.keelson.commands.provisioning.Result;
import io.keelson.sagas.operation.OperationState;
import io.keelson.sagas.operation.OperationState.Absent;
import io.keelson.sagas.operation.OperationState.DeadlineSetting;
import io.keelson.sagas.operation.OperationState.Ended;
import io.keelson.sagas.operation.OperationState.Running;
import io.keelson.sagas.operation.OperationState.TargetRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws of every run: under any inputs, in any order, repeated and late, and after every kill. */
class RunLawsTest {

  private static final int RUNS = 400;
  private static final int STEPS = 120;
  private static final int SEEDS = 12;
  private static final List<Target> TARGETS =
      List.of(
          Target.CONTROL_PLANE,
          Target.COMPONENTS,
          Runs.POOL_ONE,
          Runs.POOL_TWO,
          Target.ADDITIONAL_RESOURCES,
          Target.ACL,
          Runs.RESET,
          Target.node(Runs.NODE),
          Target.CLUSTER);

  private static Input anyInput(Random random, OperationState state) {
    Target target = TARGETS.get(random.nextInt(TARGETS.size()));
    return switch (random.nextInt(60)) {
      case 0 -> new Input.CancelRequested("enough");
      case 1 ->
          new Input.CommandRefused("FinishClusterCreation", CommandRejected.Reason.BUSY, "busy");
      case 2 -> responded(state, target, Runs.REFUSED);
      case 3, 4, 5, 6 -> responded(state, target, Runs.UNAVAILABLE);
      case 7, 8, 9, 10 -> responded(state, target, Runs.ACCEPTED);
      case 11 -> Runs.withdrawn(target);
      case 12, 13 -> new Input.RunEnded(target, random.nextBoolean() ? null : "why");
      case 14, 15, 16, 17 -> timer(random, state);
      default -> Runs.observed(target, observation(random));
    };
  }

  private static Input responded(OperationState state, Target target, Result result) {
    TargetRequest request = state instanceof Running run ? run.requests().get(target) : null;
    return new Input.Responded(target, request == null ? "none" : request.key(), result);
  }

  private static Input timer(Random random, OperationState state) {
    int number = state instanceof Running run ? run.deadline().number() : 1;
    Map<Target, RequestProgress> progress = new TreeMap<>();
    TARGETS.forEach(
        target ->
            progress.put(
                target,
                new RequestProgress(
                    random.nextBoolean(), Duration.ofMinutes(random.nextInt(15, 25)), "")));
    return new Input.TimerFired(new Timer.ProgressDeadline(number - random.nextInt(2)), progress);
  }

  private static TargetObservation observation(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> Runs.controlPlane(2 + random.nextInt(2), random.nextInt(2));
      case 1 -> Runs.components(random.nextBoolean());
      case 2 -> Runs.pool(Runs.ONE, random.nextInt(4), random.nextInt(3));
      case 3 -> Runs.pool(Runs.ONE, random.nextInt(4), random.nextInt(3), "no quota");
      case 4 -> Runs.NO_POOL;
      case 5 -> new TargetObservation.OfAdditionalResources(random.nextInt(2));
      case 6 -> random.nextBoolean() ? Runs.ABSENT : Runs.rebooted(NodePhase.READY, "boot-2");
      default ->
          Runs.nodes(
              random.nextInt(6),
              2,
              IntStream.range(0, random.nextInt(4))
                  .mapToObj(
                      i ->
                          Runs.node(
                              random.nextInt(9),
                              random.nextBoolean() ? Runs.VERSION : Runs.BEFORE,
                              random.nextBoolean() ? NodePhase.READY : NodePhase.NOT_READY))
                  .toList());
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20260901, 4711})
  void hold_under_any_inputs(long seed) {
    Random random = new Random(seed);
    Set<Class<?>> ends = new HashSet<>();
    for (int run = 0; run < RUNS; run++) {
      Plan plan = Runs.PLANS.get(random.nextInt(Runs.PLANS.size()));
      List<OperationEvent> stream = new ArrayList<>(Runs.start(plan));
      OperationState live = fold(new Absent(), stream);
      for (int step = 0; step < STEPS; step++) {
        Input input = anyInput(random, live);
        List<OperationEvent> events = Runs.advance(live, input);
        boolean ended = live instanceof Ended;
        assertThat(!ended || events.isEmpty()).as("nothing follows the end").isTrue();
        live = fold(live, events);
        stream.addAll(events);
        assertThat(Runs.advance(live, input)).as("%s twice", input).isEmpty();
        assertOpenRequestsAndTimer(stream, live);
      }
      assertThat(fold(new Absent(), stream)).as("replayed = live").isEqualTo(live);
      assertBatches(stream, live, random);
      assertThat(stream.stream().filter(e -> e instanceof End).count())
          .isEqualTo(live instanceof Ended ? 1 : 0);
      stream.stream().filter(e -> e instanceof End).forEach(e -> ends.add(e.getClass()));
    }
    assertThat(ends).as("every way to end was reached").hasSize(3);
  }

  /** A takeover needs no second memory: what is open, and the timer, follow from the state. */
  private static void assertOpenRequestsAndTimer(
      List<OperationEvent> stream, OperationState state) {
    if (!(state instanceof Running run)) {
      return;
    }
    Map<Target, String> open = new TreeMap<>();
    DeadlineSetting deadline = run.deadline();
    for (OperationEvent event : stream) {
      switch (event) {
        case OperationStarted e -> deadline = new DeadlineSetting(1, e.deadline());
        case DeadlineExtended e -> deadline = new DeadlineSetting(e.timer().setting(), e.after());
        case RequestEvent e ->
            open.put(e.target(), e instanceof ProviderRequest r ? r.idempotencyKey() : "");
        case TargetBlocked _ -> {}
        case TargetEvent e -> open.remove(e.target());
        case OperationEvent _ -> {}
      }
    }
    assertThat(run.requests().entrySet().stream().filter(e -> e.getValue().phase().open()))
        .as("a run that waits has an open request")
        .isNotEmpty()
        .extracting(Map.Entry::getKey)
        .containsExactlyElementsOf(open.keySet());
    run.requests()
        .forEach(
            (target, request) -> {
              String key = open.getOrDefault(target, "");
              assertThat(key.isEmpty() || key.equals(request.key())).isTrue();
            });
    assertThat(run.deadline()).isEqualTo(deadline);
  }

  private static void assertBatches(
      List<OperationEvent> stream, OperationState state, Random random) {
    OperationState folded = new Absent();
    int from = 0;
    while (from < stream.size()) {
      int to = Math.min(stream.size(), from + 1 + random.nextInt(5));
      folded = fold(folded, stream.subList(from, to));
      from = to;
    }
    assertThat(folded).isEqualTo(state);
  }

  @TestFactory
  Stream<DynamicTest> a_killed_run_ends_in_the_same_way_and_requests_nothing_twice() {
    return Runs.PLANS.stream()
        .flatMap(
            plan ->
                IntStream.rangeClosed(1, SEEDS)
                    .mapToObj(
                        seed ->
                            DynamicTest.dynamicTest(
                                plan.process() + ", seed " + seed,
                                () -> kill(SampleRun.of(plan, new Random(seed))))));
  }

  private static void kill(SampleRun run) {
    List<OperationEvent> undisturbed = effective(run.until(run.inputs().size()));
    assertThat(undisturbed.getLast()).isInstanceOf(OperationFinished.class);
    assertThat(requests(undisturbed)).isNotEmpty().doesNotHaveDuplicates();
    for (int kill = 0; kill <= run.inputs().size(); kill++) {
      assertThat(effective(killed(run, kill)))
          .as("killed after %d of %s", kill, run.inputs())
          .isEqualTo(undisturbed);
    }
  }

  /** The state comes back from the events alone, and every input comes again. */
  private static List<OperationEvent> killed(SampleRun run, int kill) {
    List<OperationEvent> stream = new ArrayList<>(run.until(kill));
    OperationState state = fold(new Absent(), stream);
    StartOperation start = new StartOperation(Runs.OPERATION, run.plan(), Runs.LINEAGE);
    assertThat(Runs.DECIDER.decide(start, state)).isEmpty();
    List<Input> again = new ArrayList<>(run.inputs().subList(0, kill));
    again.addAll(run.inputs());
    for (Input input : again) {
      List<OperationEvent> events = Runs.advance(state, input);
      state = fold(state, events);
      stream.addAll(events);
    }
    assertThat(fold(new Absent(), stream)).as("replayed = live").isEqualTo(state);
    return stream;
  }

  /** Without the blocks: an old observation that comes again is recorded again. */
  private static List<OperationEvent> effective(List<OperationEvent> stream) {
    return stream.stream().filter(e -> !(e instanceof TargetBlocked)).toList();
  }

  private static List<String> requests(List<OperationEvent> stream) {
    return stream.stream()
        .filter(RequestEvent.class::isInstance)
        .map(RequestEvent.class::cast)
        .map(r -> r instanceof ProviderRequest p ? p.idempotencyKey() : r.toString())
        .toList();
  }
}
