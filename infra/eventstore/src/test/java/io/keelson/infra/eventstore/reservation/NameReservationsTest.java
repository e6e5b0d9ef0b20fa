package io.keelson.infra.eventstore.reservation;

import static io.keelson.infra.eventstore.TestStore.event;
import static io.keelson.infra.eventstore.TestStore.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.DomainEvent;
import io.keelson.infra.eventstore.TestStore;
import io.keelson.infra.eventstore.reservation.NameReservation.Release;
import io.keelson.infra.eventstore.reservation.NameReservation.Reserve;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class NameReservationsTest {

  private final Map<DomainEvent, List<NameReservation>> changes = new ConcurrentHashMap<>();
  private final TestStore store = TestStore.fresh(event -> changes.getOrDefault(event, List.of()));
  private final UUID holder = UUID.randomUUID();
  private final UUID other = UUID.randomUUID();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_key_that_another_holds_is_rejected_and_nothing_is_appended() {
    append(new Reserve("name", holder));
    UUID stream = UUID.randomUUID();
    DomainEvent event = event(stream);
    changes.put(event, List.of(new Reserve("name", other)));

    assertThatThrownBy(() -> store.append(message(event, 0)))
        .asInstanceOf(type(CommandRejected.class))
        .returns(Reason.NAME_TAKEN, CommandRejected::reason)
        .returns("name", CommandRejected::argument);
    assertThat(store.engine().readEvents(stream.toString()).hasNext()).isFalse();
    assertThat(holders()).containsExactly(Map.entry("name", holder));
  }

  @Test
  void a_holder_may_reserve_its_key_again() {
    append(new Reserve("name", holder));
    append(new Reserve("name", holder));

    assertThat(holders()).containsExactly(Map.entry("name", holder));
  }

  @Test
  void a_key_that_was_released_is_free() {
    append(new Reserve("name", holder));
    append(new Release("name", holder));
    append(new Reserve("name", other));

    assertThat(holders()).containsExactly(Map.entry("name", other));
  }

  @Test
  void only_its_holder_releases_a_key() {
    append(new Reserve("name", holder));
    append(new Release("name", other));

    assertThat(holders()).containsExactly(Map.entry("name", holder));
  }

  @Test
  void a_name_is_changed_in_one_append() {
    append(new Reserve("old", holder));
    append(new Release("old", holder), new Reserve("new", holder));

    assertThat(holders()).containsExactly(Map.entry("new", holder));
  }

  @Test
  void an_append_that_fails_reserves_nothing() {
    UUID stream = UUID.randomUUID();
    store.append(message(event(stream), 0));
    DomainEvent late = event(stream);
    changes.put(late, List.of(new Reserve("name", holder)));

    assertThatThrownBy(() -> store.append(message(late, 0)))
        .isInstanceOf(AggregateStreamCreationException.class);
    assertThat(holders()).isEmpty();
  }

  @Test
  void of_many_at_once_exactly_one_gets_the_key() throws Exception {
    int rounds = 10;
    int callers = 8;
    try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      for (int round = 0; round < rounds; round++) {
        String key = "name " + round;
        CyclicBarrier start = new CyclicBarrier(callers);
        List<Future<Boolean>> outcomes = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
          outcomes.add(
              threads.submit(
                  () -> {
                    start.await(10, TimeUnit.SECONDS);
                    return reserves(key);
                  }));
        }
        int winners = 0;
        for (Future<Boolean> outcome : outcomes) {
          winners += outcome.get(120, TimeUnit.SECONDS) ? 1 : 0;
        }
        assertThat(winners).isEqualTo(1);
      }
    }
    assertThat(holders()).hasSize(rounds);
  }

  /** Reserved in the order of the events, two of these would wait for each other. */
  @Test
  void keys_reserved_in_opposite_order_never_deadlock() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < 30; round++) {
        CyclicBarrier start = new CyclicBarrier(2);
        String a = "a" + round;
        String b = "b" + round;
        Future<?> forward = threads.submit(() -> both(start, a, b));
        Future<?> backward = threads.submit(() -> both(start, b, a));
        forward.get(120, TimeUnit.SECONDS);
        backward.get(120, TimeUnit.SECONDS);
      }
    }
    assertThat(holders()).hasSize(60);
  }

  private Void both(CyclicBarrier start, String first, String second) throws Exception {
    start.await(10, TimeUnit.SECONDS);
    append(new Reserve(first, holder), new Reserve(second, holder));
    return null;
  }

  private boolean reserves(String key) {
    try {
      append(new Reserve(key, UUID.randomUUID()));
      return true;
    } catch (CommandRejected e) {
      return false;
    }
  }

  private void append(NameReservation... reservations) {
    DomainEvent event = event(UUID.randomUUID());
    changes.put(event, List.of(reservations));
    store.append(message(event, 0));
  }

  private Map<String, UUID> holders() {
    Map<String, UUID> holders = new ConcurrentHashMap<>();
    store
        .jdbc()
        .query(
            "select key, holder from eventstore.name_reservation",
            row -> {
              holders.put(row.getString("key"), row.getObject("holder", UUID.class));
            });
    return holders;
  }
}
