package io.keelson.infra.eventstore.deadletter;

import static io.keelson.infra.eventstore.TestStore.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.infra.eventstore.TestStore;
import io.keelson.infra.eventstore.store.EventTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.deadletter.Cause;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.DeadLetterQueueOverflowException;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.messaging.deadletter.EnqueueDecision;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.messaging.deadletter.NoSuchDeadLetterException;
import org.axonframework.messaging.deadletter.WrongDeadLetterTypeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class PostgresDeadLetterQueueTest {

  private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

  private final TestStore store = TestStore.fresh();
  private final PostgresDeadLetterQueue queue = queue("status", 10_000);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_letter_is_kept_with_its_event_cause_times_and_diagnostics() {
    DomainEventMessage<?> event = stored();
    queue.enqueue(
        "a",
        new GenericDeadLetter<EventMessage<?>>("a", event, new IllegalStateException("no"))
            .withDiagnostics(MetaData.with("tries", 3)));

    DeadLetter<? extends EventMessage<?>> letter = only("a");

    assertThat(letter.message().getIdentifier()).isEqualTo(event.getIdentifier());
    assertThat(letter.message().getPayload()).isEqualTo(event.getPayload());
    assertThat(letter.message().getMetaData()).isEqualTo(event.getMetaData());
    assertThat(letter.cause().map(Cause::type)).contains("java.lang.IllegalStateException");
    assertThat(letter.cause().map(Cause::message)).contains("no");
    assertThat(letter.diagnostics()).containsEntry("tries", 3);
    assertThat(letter.enqueuedAt()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(letter.lastTouched()).isAfterOrEqualTo(letter.enqueuedAt());
  }

  @Test
  void a_letter_is_put_behind_others_of_its_sequence_only_if_there_are_any() {
    assertThat(queue.enqueueIfPresent("a", () -> letter("a", stored()))).isFalse();
    queue.enqueue("a", letter("a", stored()));
    assertThat(queue.enqueueIfPresent("a", () -> waiting("a", stored()))).isTrue();
    assertThat(queue.enqueueIfPresent("b", () -> waiting("b", stored()))).isFalse();

    assertThat(queue.sequenceSize("a")).isEqualTo(2);
    assertThat(queue.contains("a")).isTrue();
    assertThat(queue.contains("b")).isFalse();
    assertThat(queue.deadLetterSequence("a")).last().matches(waits -> waits.cause().isEmpty());
  }

  @Test
  void groups_do_not_see_each_other() {
    PostgresDeadLetterQueue other = queue("processes", 10);
    queue.enqueue("a", letter("a", stored()));
    other.enqueue("b", letter("b", stored()));

    other.clear();

    assertThat(other.size()).isZero();
    assertThat(queue.size()).isEqualTo(1);
    assertThat(queue.contains("b")).isFalse();
  }

  @Test
  void a_full_queue_rejects_one_more() {
    PostgresDeadLetterQueue small = queue("small", 2);
    small.enqueue("a", letter("a", stored()));
    assertThat(small.isFull("a")).isFalse();
    small.enqueue("b", letter("b", stored()));

    assertThat(small.isFull("a")).isTrue();
    assertThatThrownBy(() -> small.enqueue("c", letter("c", stored())))
        .isInstanceOf(DeadLetterQueueOverflowException.class);
    assertThat(small.size()).isEqualTo(2);
  }

  @Test
  void an_evicted_letter_is_deleted_and_evicting_it_again_changes_nothing() {
    queue.enqueue("a", letter("a", stored()));
    DeadLetter<? extends EventMessage<?>> letter = only("a");

    queue.evict(letter);
    queue.evict(letter);

    assertThat(queue.contains("a")).isFalse();
    assertThat(queue.amountOfSequences()).isZero();
    assertThatThrownBy(() -> queue.evict(letter("a", stored())))
        .isInstanceOf(WrongDeadLetterTypeException.class);
  }

  @Test
  void a_requeued_letter_keeps_its_index_and_has_its_new_cause() {
    queue.enqueue("a", letter("a", stored()));
    queue.enqueue("a", waiting("a", stored()));
    DeadLetter<? extends EventMessage<?>> first = queue.deadLetterSequence("a").iterator().next();

    queue.requeue(
        first,
        kept ->
            kept.withCause(new IllegalArgumentException("still no"))
                .withDiagnostics(MetaData.with("tries", 4)));

    DeadLetter<? extends EventMessage<?>> back = queue.deadLetterSequence("a").iterator().next();
    assertThat(back.message().getIdentifier()).isEqualTo(first.message().getIdentifier());
    assertThat(back.cause().map(Cause::message)).contains("still no");
    assertThat(back.diagnostics()).containsEntry("tries", 4);
    assertThat(back.enqueuedAt()).isEqualTo(first.enqueuedAt());
    assertThat(back.lastTouched()).isEqualTo(START);
    queue.evict(first);
    assertThatThrownBy(() -> queue.requeue(first, kept -> kept))
        .isInstanceOf(NoSuchDeadLetterException.class);
  }

  @Test
  void a_sequence_is_processed_in_order_until_one_fails() {
    List<String> events = enqueue("a", 4);
    List<String> handled = new ArrayList<>();

    boolean whole =
        queue.process(
            letter -> {
              handled.add(letter.message().getIdentifier());
              return handled.size() == 3 ? failed("again") : Decisions.evict();
            });

    assertThat(whole).isFalse();
    assertThat(handled).isEqualTo(events.subList(0, 3));
    assertThat(ids("a")).isEqualTo(events.subList(2, 4));
    assertThat(queue.deadLetterSequence("a").iterator().next().cause().map(Cause::message))
        .contains("again");

    assertThat(queue.process(letter -> Decisions.evict())).isTrue();
    assertThat(queue.size()).isZero();
    assertThat(queue.process(letter -> Decisions.evict())).isFalse();
  }

  @Test
  void the_least_recently_touched_sequence_comes_first() {
    enqueue("a", 1);
    enqueue("b", 1);
    touch("a", START.plusSeconds(2));
    touch("b", START.plusSeconds(1));
    List<String> b = ids("b");

    List<String> handled = new ArrayList<>();
    queue.process(evicting(handled));

    assertThat(handled).isEqualTo(b);
  }

  @Test
  void the_filter_selects_among_first_letters_and_only_one_sequence_is_processed() {
    enqueue("a", 2);
    List<String> b = enqueue("b", 2);
    enqueue("c", 2);
    List<String> handled = new ArrayList<>();

    assertThat(
            queue.process(
                letter -> letter.message().getIdentifier().equals(b.get(0)), evicting(handled)))
        .isTrue();
    assertThat(handled).isEqualTo(b);
    assertThat(
            queue.process(
                letter -> letter.message().getIdentifier().equals(b.get(0)), evicting(handled)))
        .isFalse();
    assertThat(queue.amountOfSequences()).isEqualTo(2);
  }

  /**
   * Axon's own queue uses an index within a sequence as an offset and stops after its first page.
   */
  @Test
  void more_than_a_thousand_sequences_are_all_listed_and_processed() {
    int many = 1_100;
    List<DomainEventMessage<?>> events =
        IntStream.range(0, many).<DomainEventMessage<?>>mapToObj(n -> message()).toList();
    store.append(events.toArray(DomainEventMessage[]::new));
    store
        .transaction()
        .executeWithoutResult(
            status -> {
              for (int n = 0; n < many; n++) {
                queue.enqueue("sequence " + n, letter("sequence " + n, events.get(n)));
              }
            });
    assertThat(queue.amountOfSequences()).isEqualTo(many);
    assertThat(queue.deadLetters()).hasSize(many);
    String last = events.getLast().getIdentifier();

    List<String> handled = new ArrayList<>();
    store
        .transaction()
        .executeWithoutResult(
            status -> {
              assertThat(
                      queue.process(
                          letter -> letter.message().getIdentifier().equals(last),
                          evicting(handled)))
                  .isTrue();
              for (int n = 0; n < 20; n++) {
                assertThat(queue.process(evicting(handled))).isTrue();
              }
            });
    assertThat(handled).hasSize(21).doesNotHaveDuplicates().startsWith(last);
    assertThat(queue.amountOfSequences()).isEqualTo(many - 21);
  }

  /** Two instances process the queue at once: each sequence in order, each letter once. */
  @Test
  @Timeout(600)
  void more_than_ten_thousand_letters_are_parked_and_handled_in_bounded_time() throws Exception {
    int sequences = 1_200;
    int each = 9;
    List<DomainEventMessage<?>> events =
        IntStream.range(0, sequences * each)
            .<DomainEventMessage<?>>mapToObj(n -> message())
            .toList();
    store.append(events.toArray(DomainEventMessage[]::new));
    PostgresDeadLetterQueue many = queue("many", 20_000);
    long begun = System.nanoTime();
    store
        .transaction()
        .executeWithoutResult(
            status -> {
              for (int n = 0; n < events.size(); n++) {
                String sequence = "sequence " + n % sequences;
                many.enqueue(
                    sequence,
                    n < sequences
                        ? letter(sequence, events.get(n))
                        : waiting(sequence, events.get(n)));
              }
            });
    assertThat(many.size()).isEqualTo(events.size());
    store.jdbc().execute("analyze eventstore.dead_letter"); // as the server does after a minute
    Duration parked = Duration.ofNanos(System.nanoTime() - begun);

    Map<String, List<String>> handled = new ConcurrentHashMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<?>> instances = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        PostgresDeadLetterQueue instance = queue("many", 20_000);
        instances.add(threads.submit(() -> drain(instance, handled)));
      }
      for (Future<?> instance : instances) {
        instance.get(300, TimeUnit.SECONDS);
      }
    }
    Duration drained = Duration.ofNanos(System.nanoTime() - begun).minus(parked);

    System.out.printf(
        "dead letters: %d in %d sequences parked in %d ms, handled in %d ms%n",
        events.size(), sequences, parked.toMillis(), drained.toMillis());
    assertThat(many.size()).isZero();
    assertThat(handled).hasSize(sequences);
    for (int n = 0; n < sequences; n++) {
      int first = n;
      assertThat(handled.get("sequence " + n))
          .isEqualTo(
              IntStream.range(0, each)
                  .mapToObj(i -> events.get(first + i * sequences).getIdentifier())
                  .toList());
    }
  }

  private static void drain(PostgresDeadLetterQueue queue, Map<String, List<String>> handled) {
    while (queue.process(
        letter -> {
          handled
              .computeIfAbsent(((ParkedLetter) letter).sequence(), _ -> new ArrayList<>())
              .add(letter.message().getIdentifier());
          return Decisions.evict();
        })) {
      // until the other instance holds all that is left
    }
  }

  @Test
  void a_letter_from_a_newer_program_is_left_to_newer_instances() {
    List<String> a = enqueue("a", 2);
    store.jdbc().execute("alter table eventstore.event disable trigger event_is_append_only");
    store
        .jdbc()
        .update(
            "update eventstore.event set type = 'node.from-tomorrow' where id = ?::uuid", a.get(1));
    List<String> handled = new ArrayList<>();

    assertThat(queue.process(evicting(handled))).isFalse();
    assertThat(queue.process(evicting(handled))).isFalse();

    assertThat(handled).containsExactly(a.get(0));
    assertThat(ids("a")).containsExactly(a.get(1));
  }

  @Test
  void the_work_for_a_failed_letter_is_rolled_back_and_the_rest_is_kept() {
    enqueue("a", 3);
    List<Integer> letters = new ArrayList<>();

    queue.process(
        letter -> {
          letters.add(letters.size());
          store
              .jdbc()
              .update(
                  "insert into eventstore.name_reservation values (?, gen_random_uuid())",
                  "letter " + letters.size());
          if (letters.size() == 2) {
            // After a failed statement the database accepts no other in this part.
            assertThatThrownBy(() -> store.jdbc().execute("select 1 / 0"));
            return failed("division");
          }
          return Decisions.evict();
        });

    assertThat(
            store.jdbc().queryForList("select key from eventstore.name_reservation", String.class))
        .containsExactly("letter 1");
    assertThat(queue.sequenceSize("a")).isEqualTo(2);
  }

  @Test
  void two_instances_never_process_one_sequence_at_once() throws Exception {
    List<String> a = enqueue("a", 2);
    List<String> b = enqueue("b", 1);
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    List<String> here = new ArrayList<>();
    List<String> there = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
      CompletableFuture<Boolean> first =
          CompletableFuture.supplyAsync(
              () ->
                  queue.process(
                      letter -> {
                        here.add(letter.message().getIdentifier());
                        busy.countDown();
                        await(go);
                        return Decisions.evict();
                      }),
              threads);
      await(busy);
      PostgresDeadLetterQueue otherInstance = queue("status", 10_000);

      assertThat(otherInstance.process(evicting(there))).isTrue();
      assertThat(otherInstance.process(evicting(there))).isFalse();
      String late = enqueue("a", 1).getFirst();
      go.countDown();

      assertThat(first.get(60, TimeUnit.SECONDS)).isTrue();
      assertThat(here).containsExactly(a.get(0), a.get(1), late);
      assertThat(there).isEqualTo(b);
      assertThat(queue.size()).isZero();
    }
  }

  @Test
  void an_exception_of_the_task_changes_nothing() {
    enqueue("a", 2);

    assertThatThrownBy(
            () ->
                queue.process(
                    letter -> {
                      throw new IllegalStateException("crash");
                    }))
        .hasMessage("crash");
    assertThat(queue.sequenceSize("a")).isEqualTo(2);
  }

  @Test
  void a_sequence_must_be_named_by_text() {
    Object object = new Object();

    assertThatThrownBy(() -> queue.contains(object)).isInstanceOf(IllegalArgumentException.class);
  }

  private PostgresDeadLetterQueue queue(String group, int most) {
    return new PostgresDeadLetterQueue(
        group, store.database(), store.events(), most, Clock.fixed(START, ZoneOffset.UTC));
  }

  private List<String> enqueue(String sequence, int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      DomainEventMessage<?> event = stored();
      ids.add(event.getIdentifier());
      queue.enqueue(sequence, i == 0 ? letter(sequence, event) : waiting(sequence, event));
    }
    return ids;
  }

  private DomainEventMessage<?> stored() {
    DomainEventMessage<?> event = message();
    store.append(event);
    return event;
  }

  private static DeadLetter<EventMessage<?>> letter(String sequence, EventMessage<?> event) {
    return new GenericDeadLetter<>(sequence, event, new IllegalStateException("no"));
  }

  private static DeadLetter<EventMessage<?>> waiting(String sequence, EventMessage<?> event) {
    return new GenericDeadLetter<>(sequence, event);
  }

  private DeadLetter<? extends EventMessage<?>> only(String sequence) {
    assertThat(queue.sequenceSize(sequence)).isEqualTo(1);
    return queue.deadLetterSequence(sequence).iterator().next();
  }

  private List<String> ids(String sequence) {
    return StreamSupport.stream(queue.deadLetterSequence(sequence).spliterator(), false)
        .map(letter -> letter.message().getIdentifier())
        .toList();
  }

  private void touch(String sequence, Instant at) {
    store
        .jdbc()
        .update(
            "update eventstore.dead_letter set last_touched = ? where sequence = ?",
            EventTable.column(at),
            sequence);
  }

  private static Function<DeadLetter<? extends EventMessage<?>>, EnqueueDecision<EventMessage<?>>>
      evicting(List<String> handled) {
    return letter -> {
      handled.add(letter.message().getIdentifier());
      return Decisions.evict();
    };
  }

  private static EnqueueDecision<EventMessage<?>> failed(String why) {
    return Decisions.requeue(new IllegalStateException(why));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
