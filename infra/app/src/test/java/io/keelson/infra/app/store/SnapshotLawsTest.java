package io.keelson.infra.app.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.DomainEvent;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.RequestEvent;
import io.keelson.commands.operation.RunEvent.OperationStarted;
import io.keelson.commands.operation.TargetEvent;
import io.keelson.commands.upgrade.RollEvent;
import io.keelson.infra.eventstore.codec.EventCodec;
import io.keelson.infra.eventstore.decider.Decider;
import io.keelson.sagas.AllProcesses;
import io.keelson.sagas.operation.OperationEvolution;
import io.keelson.sagas.operation.OperationRules;
import io.keelson.sagas.operation.OperationState;
import io.keelson.sagas.operation.Processes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The laws of snapshots, for random streams of every kind that has snapshots. */
class SnapshotLawsTest {

  private static final int LIVES = 100;
  private static final int LIVES_OF_A_PLAN = 20;
  private static final int MAX_EVENTS = 40;
  private static final List<Class<? extends OperationEvent>> OPERATION_EVENTS =
      List.of(RollEvent.class, TargetEvent.class, RequestEvent.class);

  private static final Processes PROCESSES = AllProcesses.registered();

  private final EventCodec codec = EventCodec.ofStates(AllProcesses.states());

  @TestFactory
  Stream<DynamicTest> a_snapshot_and_what_came_after_is_the_same_as_all_events() {
    return Deciders.all(PROCESSES, OperationRules.DEFAULT).stream()
        .filter(decider -> decider.snapshots() > 0)
        .flatMap(
            decider ->
                LongStream.of(1, 20260901, 4711)
                    .mapToObj(
                        seed ->
                            DynamicTest.dynamicTest(
                                decider.type() + ", seed " + seed, () -> holds(decider, seed))));
  }

  private <E extends DomainEvent, S> void holds(Decider<?, E, S> decider, long seed) {
    RandomEvents events = new RandomEvents(seed, PROCESSES.plans());
    Random random = new Random(seed);
    List<Class<? extends E>> kinds = decider.eventTypes();
    Set<Class<?>> phases = new HashSet<>();
    for (int life = 0; life < LIVES; life++) {
      List<S> states = new ArrayList<>(List.of(decider.initial()));
      int length = 1 + random.nextInt(MAX_EVENTS);
      List<E> stream = new ArrayList<>();
      for (int i = 0; i < length; i++) {
        stream.add(events.next(kinds.get(random.nextInt(kinds.size()))));
        states.add(decider.evolve().apply(states.getLast(), stream.getLast()));
        phases.add(states.getLast().getClass());
      }
      for (int point = 0; point <= length; point++) {
        S state = read(decider, states.get(point));
        assertThat(state).as("what was kept").isEqualTo(states.get(point));
        for (E event : stream.subList(point, length)) {
          state = decider.evolve().apply(state, event);
        }
        assertThat(state).as("from version %d on", point).isEqualTo(states.getLast());
        // The order of collections counts too, since a decision may depend on it.
        assertThat(json(decider, state)).isEqualTo(json(decider, states.getLast()));
      }
    }
    assertThat(phases)
        .as("every phase but the first was reached")
        .containsAll(
            leaves(decider.states()).filter(c -> c != decider.initial().getClass()).toList());
  }

  @Test
  void a_snapshot_of_a_run_can_be_read_in_every_state_of_its_process() {
    RandomEvents events = new RandomEvents(20260901, PROCESSES.plans());
    OperationEvolution evolution = new OperationEvolution(PROCESSES);
    Decider<?, ?, OperationState> decider = operations();
    Set<Class<?>> reached = new HashSet<>();
    for (Class<? extends Plan> plan : PROCESSES.plans()) {
      for (int life = 0; life < LIVES_OF_A_PLAN; life++) {
        OperationState state = evolution.evolve(new OperationState.Absent(), started(events, plan));
        for (int i = 0; i < MAX_EVENTS && state instanceof OperationState.Running run; i++) {
          reached.add(run.process().getClass());
          assertThat(read(decider, state)).isEqualTo(state);
          assertThat(json(decider, read(decider, state))).isEqualTo(json(decider, state));
          state =
              evolution.evolve(
                  state, events.next(OPERATION_EVENTS.get(i % OPERATION_EVENTS.size())));
        }
      }
    }
    assertThat(reached).containsExactlyInAnyOrderElementsOf(PROCESSES.states());
  }

  private static OperationStarted started(RandomEvents events, Class<? extends Plan> plan) {
    OperationStarted any = events.of(OperationStarted.class);
    return new OperationStarted(
        any.operation(),
        any.clusterId(),
        events.of(plan),
        any.lineage(),
        any.steps(),
        any.deadline());
  }

  @SuppressWarnings("unchecked")
  private static Decider<?, ?, OperationState> operations() {
    return (Decider<?, ?, OperationState>)
        Deciders.all(PROCESSES, OperationRules.DEFAULT).stream()
            .filter(decider -> decider.states() == OperationState.class)
            .findFirst()
            .orElseThrow();
  }

  private <S> S read(Decider<?, ?, S> decider, S state) {
    return codec.decodeState(codec.encodeState(state, decider.states()), decider.states());
  }

  private <S> String json(Decider<?, ?, S> decider, S state) {
    return new String(
        codec.encodeState(state, decider.states()), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SnapshotLawsTest::leaves)
        : Stream.of(type);
  }
}
