package io.keelson.infra.app.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.DomainEvent;
import io.keelson.infra.eventstore.Decider;
import io.keelson.infra.eventstore.EventCodec;
import io.keelson.sagas.operation.OperationDecider;
import io.keelson.sagas.operation.OperationRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The laws of snapshots, for random streams of every kind that has snapshots. */
class SnapshotLawsTest {

  private static final int LIVES = 100;
  private static final int MAX_EVENTS = 40;

  private final EventCodec codec = new EventCodec();

  @TestFactory
  Stream<DynamicTest> a_snapshot_and_what_came_after_is_the_same_as_all_events() {
    return Deciders.all(new OperationDecider(OperationRules.DEFAULT)).stream()
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
    RandomEvents events = new RandomEvents(seed);
    Random random = new Random(seed);
    Set<Class<?>> phases = new HashSet<>();
    for (int life = 0; life < LIVES; life++) {
      List<S> states = new ArrayList<>(List.of(decider.initial()));
      int length = 1 + random.nextInt(MAX_EVENTS);
      List<E> stream = new ArrayList<>();
      for (int i = 0; i < length; i++) {
        stream.add(events.next(decider.events()));
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
