package io.keelson.infra.eventstore.store;

import static io.keelson.infra.eventstore.TestStore.event;
import static io.keelson.infra.eventstore.TestStore.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.infra.eventstore.TestStore;
import io.keelson.infra.eventstore.codec.UnknownEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class PostgresEventStoreTest {

  private final TestStore store = TestStore.fresh();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_stream_returns_committed_events_and_then_new_ones() throws InterruptedException {
    DomainEventMessage<?> before = message();
    DomainEventMessage<?> after = message();
    store.append(before);
    try (BlockingStream<TrackedEventMessage<?>> stream = open(store.events().createTailToken())) {
      assertThat(next(stream).getIdentifier()).isEqualTo(before.getIdentifier());
      assertThat(stream.hasNextAvailable()).isFalse();

      store.append(after);

      assertThat(stream.hasNextAvailable(5, TimeUnit.SECONDS)).isTrue();
      assertThat(stream.peek().orElseThrow().getIdentifier()).isEqualTo(after.getIdentifier());
      assertThat(next(stream).getPayload()).isEqualTo(after.getPayload());
    }
  }

  @Test
  void the_callback_is_called_when_an_event_is_available() throws InterruptedException {
    Semaphore called = new Semaphore(0);
    try (BlockingStream<TrackedEventMessage<?>> stream = open(store.events().createHeadToken())) {
      assertThat(stream.hasNextAvailable()).isFalse();
      assertThat(stream.setOnAvailableCallback(called::release)).isTrue();

      store.append(message());

      assertThat(called.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
      assertThat(stream.hasNextAvailable()).isTrue();
    }
  }

  /** As Axon's coordinator does, which reads once more after it has started the next one. */
  @Test
  void other_threads_may_peek_into_a_stream_while_one_reads_it() throws Exception {
    List<String> appended = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    AtomicBoolean done = new AtomicBoolean();
    try (BlockingStream<TrackedEventMessage<?>> stream = open(store.events().createTailToken());
        ExecutorService others = Executors.newFixedThreadPool(3)) {
      for (int i = 0; i < 3; i++) {
        others.execute(
            () -> {
              while (!done.get()) {
                stream.hasNextAvailable();
              }
            });
      }
      try {
        for (int i = 0; i < 150; i++) {
          DomainEventMessage<?> message = message();
          appended.add(message.getIdentifier());
          store.append(message);
          while (stream.hasNextAvailable()) {
            seen.add(stream.nextAvailable().getIdentifier());
          }
        }
        while (seen.size() < appended.size()) {
          seen.add(next(stream).getIdentifier());
        }
      } finally {
        done.set(true);
      }
    }
    assertThat(seen).isEqualTo(appended);
  }

  @Test
  void a_restart_from_any_token_skips_and_repeats_no_event() throws InterruptedException {
    List<String> appended = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      DomainEventMessage<?> message = message();
      appended.add(message.getIdentifier());
      rollBack(message());
      store.append(message);
    }
    List<String> seen = new ArrayList<>();
    TrackingToken token = store.events().createTailToken();
    while (seen.size() < appended.size()) {
      try (BlockingStream<TrackedEventMessage<?>> stream = open(token)) {
        for (int i = 0; i < 3 && seen.size() < appended.size(); i++) {
          TrackedEventMessage<?> message = next(stream);
          seen.add(message.getIdentifier());
          token = message.trackingToken();
        }
      }
    }
    assertThat(seen).isEqualTo(appended);
    try (BlockingStream<TrackedEventMessage<?>> stream = open(token)) {
      assertThat(stream.hasNextAvailable()).isFalse();
    }
  }

  @Test
  void a_head_token_skips_every_event_that_was_committed_before() throws InterruptedException {
    store.append(message());
    TrackingToken head = store.events().createHeadToken();
    DomainEventMessage<?> after = message();
    store.append(after);

    try (BlockingStream<TrackedEventMessage<?>> stream = open(head)) {
      assertThat(next(stream).getIdentifier()).isEqualTo(after.getIdentifier());
    }
  }

  @Test
  void a_token_at_an_instant_begins_with_the_first_event_recorded_then()
      throws InterruptedException {
    Instant then = Instant.parse("2026-11-01T12:00:00Z");
    store.append(at(then.minusSeconds(1)));
    DomainEventMessage<?> first = at(then);
    store.append(first);
    store.append(at(then.minusSeconds(1)));

    try (BlockingStream<TrackedEventMessage<?>> stream = open(store.events().createTokenAt(then))) {
      assertThat(next(stream).getIdentifier()).isEqualTo(first.getIdentifier());
    }
    assertThat(store.events().createTokenAt(then.plusSeconds(1)))
        .isEqualTo(store.events().createHeadToken());
    assertThat(store.events().createTokenSince(Duration.ofDays(36_500)))
        .isEqualTo(store.events().createTailToken());
  }

  @Test
  void the_tail_continues_after_an_unknown_event() throws InterruptedException {
    TrackingToken head = store.events().createHeadToken();
    store
        .jdbc()
        .update(
            "insert into eventstore.event (stream, stream_type, version, id, type, revision,"
                + " recorded_at, payload, metadata) values (gen_random_uuid(), 'Node', 0,"
                + " gen_random_uuid(), 'node.teleported', 3, now(), '[1]'::bytea, '{}'::bytea)");
    DomainEventMessage<?> known = message();
    store.append(known);

    try (BlockingStream<TrackedEventMessage<?>> stream = open(head)) {
      UnknownEvent unknown = (UnknownEvent) next(stream).getPayload();
      assertThat(unknown.type()).isEqualTo("node.teleported");
      assertThat(unknown.revision()).isEqualTo(3);
      assertThat(unknown.payload()).asString().isEqualTo("[1]");
      assertThat(next(stream).getIdentifier()).isEqualTo(known.getIdentifier());
    }
  }

  @Test
  void the_engine_reads_the_tail_up_to_the_watermark() {
    for (int i = 0; i < 3; i++) {
      store.append(message());
    }
    TrackingToken head = store.events().createHeadToken();

    assertThat(store.engine().readEvents(null, false)).hasSize(3);
    assertThat(store.engine().readEvents(head, false).map(EventMessage::getIdentifier)).isEmpty();
  }

  private BlockingStream<TrackedEventMessage<?>> open(TrackingToken token) {
    return store.events().openStream(token);
  }

  private static TrackedEventMessage<?> next(BlockingStream<TrackedEventMessage<?>> stream)
      throws InterruptedException {
    assertThat(stream.hasNextAvailable(5, TimeUnit.SECONDS)).isTrue();
    return stream.nextAvailable();
  }

  private void rollBack(DomainEventMessage<?> message) {
    store
        .transaction()
        .executeWithoutResult(
            status -> {
              store.engine().appendEvents(message);
              status.setRollbackOnly();
            });
  }

  private static DomainEventMessage<?> at(Instant recordedAt) {
    UUID stream = UUID.randomUUID();
    return new GenericDomainEventMessage<>(
        "Node",
        stream.toString(),
        0,
        event(stream),
        Map.of(),
        UUID.randomUUID().toString(),
        recordedAt);
  }
}
