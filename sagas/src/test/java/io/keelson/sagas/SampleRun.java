package io.keelson.sagas;

import static io.keelson.sagas.Runs.BEFORE;
import static io.keelson.sagas.Runs.VERSION;
import static io.keelson.sagas.Runs.observed;

import io.keelson.commands.NodePhase;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.RequestEvent;
import io.keelson.commands.operation.RequestEvent.AclRequested;
import io.keelson.commands.operation.RequestEvent.AdditionalResourcesRemovalRequested;
import io.keelson.commands.operation.RequestEvent.ClusterActionRequested;
import io.keelson.commands.operation.RequestEvent.ClusterRemovalRequested;
import io.keelson.commands.operation.RequestEvent.ComponentsRequested;
import io.keelson.commands.operation.RequestEvent.ControlPlaneRequested;
import io.keelson.commands.operation.RequestEvent.NodeRebootRequested;
import io.keelson.commands.operation.RequestEvent.PoolObservationAwaited;
import io.keelson.commands.operation.RequestEvent.PoolRemovalRequested;
import io.keelson.commands.operation.RequestEvent.PoolRequested;
import io.keelson.commands.operation.RequestEvent.ProviderRequest;
import io.keelson.commands.operation.RequestEvent.RunAwaited;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetObservation;
import io.keelson.commands.provisioning.Result;
import io.keelson.commands.upgrade.UpgradePlan;
import io.keelson.sagas.operation.OperationState;
import io.keelson.sagas.operation.OperationState.Absent;
import io.keelson.sagas.operation.OperationState.Ended;
import io.keelson.sagas.upgrade.PoolWorld;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A run from its start to its end, against a provider that moves in any order and is unavailable
 * now and then.
 *
 * @param inputs in the order in which they came
 * @param events what came of its start, and then of each input
 */
record SampleRun(Plan plan, List<Input> inputs, List<List<OperationEvent>> events) {

  private static final int PLENTY = 1000;

  /** All that had happened after as many inputs. */
  List<OperationEvent> until(int count) {
    return events.subList(0, count + 1).stream().flatMap(List::stream).toList();
  }

  static SampleRun of(Plan plan, Random random) {
    List<Input> inputs = new ArrayList<>();
    List<List<OperationEvent>> events = new ArrayList<>();
    PoolWorld world =
        new PoolWorld(
            random, 2, PLENTY, plan instanceof UpgradePlan.ReplaceNode ? VERSION : BEFORE);
    Map<Target, Deque<Input>> waiting = new TreeMap<>();
    events.add(Runs.start(plan));
    OperationState state = Runs.fold(new Absent(), events.getFirst());
    while (!(state instanceof Ended)) {
      for (OperationEvent event : events.getLast()) {
        if (event instanceof RequestEvent request) {
          waiting
              .computeIfAbsent(request.target(), _ -> new ArrayDeque<>())
              .addAll(inputs(request, plan, world, random));
        }
      }
      if (waiting.values().stream().allMatch(Deque::isEmpty)) {
        world.step();
        waiting.values().forEach(of -> of.add(observed(Runs.POOL_ONE, world.observe())));
      }
      List<Deque<Input>> next = waiting.values().stream().filter(of -> !of.isEmpty()).toList();
      Input input = next.get(random.nextInt(next.size())).removeFirst();
      inputs.add(input);
      events.add(Runs.advance(state, input));
      state = Runs.fold(state, events.getLast());
    }
    return new SampleRun(plan, inputs, events);
  }

  private static List<Input> inputs(
      RequestEvent request, Plan plan, PoolWorld world, Random random) {
    Target target = request.target();
    if (request instanceof RunAwaited) {
      return List.of(new Input.RunEnded(target, null));
    }
    if (request instanceof PoolObservationAwaited) {
      return List.of(observed(target, world.observe()));
    }
    ProviderRequest r = (ProviderRequest) request;
    List<Input> inputs = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      inputs.add(new Input.Responded(target, r.idempotencyKey(), Runs.UNAVAILABLE));
    }
    if (plan instanceof UpgradePlan.Roll && r instanceof PoolRequested document) {
      Result result = world.apply(document);
      inputs.add(new Input.Responded(target, r.idempotencyKey(), result));
      inputs.add(observed(target, world.observe()));
      return inputs;
    }
    inputs.add(new Input.Responded(target, r.idempotencyKey(), Runs.ACCEPTED));
    observations(r).forEach(observation -> inputs.add(observed(target, observation)));
    return inputs;
  }

  /** What is observed of a request that converges. */
  private static List<TargetObservation> observations(ProviderRequest request) {
    return switch (request) {
      case ControlPlaneRequested r ->
          List.of(Runs.controlPlane(r.generation(), 0), Runs.controlPlane(r.generation(), 1));
      case ComponentsRequested _ -> List.of(Runs.components(false), Runs.components(true));
      case PoolRequested r ->
          List.of(
              Runs.pool(r.pool(), r.generation(), 1, "no quota"),
              Runs.pool(r.pool(), r.generation(), 2));
      case PoolRemovalRequested r -> List.of(Runs.pool(r.pool(), 1, 1), Runs.NO_POOL);
      case AdditionalResourcesRemovalRequested _ -> List.of(Runs.SOME_LEFT, Runs.NONE_LEFT);
      case ClusterRemovalRequested _ -> List.of(Runs.ABSENT);
      case NodeRebootRequested _ -> List.of(Runs.rebooted(NodePhase.READY, "boot-2"));
      case AclRequested _, ClusterActionRequested _ -> List.of();
    };
  }
}
