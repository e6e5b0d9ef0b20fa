package io.keelson.infra.eventstore.store;

import static io.keelson.infra.eventstore.TestStore.event;
import static io.keelson.infra.eventstore.TestStore.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.commands.DomainEvent;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.access.AccessEvent.OrganizationOpened;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.infra.eventstore.TestStore;
import io.keelson.infra.eventstore.codec.UnreadableEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresEventStorageEngineTest {

  private final UUID stream = UUID.randomUUID();
  private final TestStore store = TestStore.fresh();

  @AfterAll
  void close() {
    store.close();
  }

  @Test
  void a_stream_is_loaded_as_it_was_appended() {
    UUID stream = UUID.randomUUID();
    DomainEvent first = event(stream);
    DomainEvent second = event(stream);
    Instant then = Instant.parse("2026-11-01T12:00:00.123456789Z");
    String id = UUID.randomUUID().toString();
    store.append(
        new GenericDomainEventMessage<>(
            "Node", stream.toString(), 0, first, Map.of("a", "b", "n", 7), id, then),
        message(second, 1));

    DomainEventStream loaded = store.engine().readEvents(stream.toString());

    DomainEventMessage<?> message = loaded.next();
    assertThat(message.getPayload()).isEqualTo(first);
    assertThat(message.getIdentifier()).isEqualTo(id);
    assertThat(message.getType()).isEqualTo("Node");
    assertThat(message.getAggregateIdentifier()).isEqualTo(stream.toString());
    assertThat(message.getSequenceNumber()).isZero();
    assertThat(message.getTimestamp()).isEqualTo(Instant.parse("2026-11-01T12:00:00.123456Z"));
    assertThat(message.getMetaData()).containsExactlyInAnyOrderEntriesOf(Map.of("a", "b", "n", 7));
    assertThat(loaded.next().getPayload()).isEqualTo(second);
    assertThat(loaded.hasNext()).isFalse();
    assertThat(loaded.getLastSequenceNumber()).isEqualTo(1);
  }

  @Test
  void a_stream_can_be_loaded_from_a_version_on() {
    UUID stream = UUID.randomUUID();
    store.append(message(event(stream), 0), message(event(stream), 1), message(event(stream), 2));

    assertThat(store.engine().readEvents(stream.toString(), 1).asStream())
        .extracting(DomainEventMessage::getSequenceNumber)
        .containsExactly(1L, 2L);
    assertThat(store.engine().lastSequenceNumberFor(stream.toString())).contains(2L);
    assertThat(store.engine().lastSequenceNumberFor(UUID.randomUUID().toString())).isEmpty();
  }

  @Test
  void a_version_that_is_taken_is_a_conflict() {
    store.append(message(event(stream), 0), message(event(stream), 1));

    assertThatThrownBy(() -> store.append(message(event(stream), 1)))
        .isInstanceOf(ConcurrencyException.class);
    assertThatThrownBy(() -> store.append(message(event(stream), 0)))
        .isInstanceOf(AggregateStreamCreationException.class);
    assertThat(store.engine().lastSequenceNumberFor(stream.toString())).contains(1L);
  }

  @Test
  void a_conflict_in_the_middle_of_a_batch_appends_nothing() {
    UUID taken = UUID.randomUUID();
    UUID fresh = UUID.randomUUID();
    store.append(message(event(taken), 0), message(event(taken), 1));

    assertThatThrownBy(
            () ->
                store.append(
                    message(event(fresh), 0), message(event(taken), 1), message(event(taken), 2)))
        .isInstanceOf(ConcurrencyException.class);
    assertThat(store.engine().readEvents(fresh.toString()).hasNext()).isFalse();
  }

  @Test
  void an_event_that_is_in_the_store_is_not_a_conflict_of_versions() {
    String id = UUID.randomUUID().toString();
    store.append(withId(id));

    assertThatThrownBy(() -> store.append(withId(id))).isInstanceOf(EventAlreadyStored.class);
  }

  private static DomainEventMessage<?> withId(String id) {
    UUID stream = UUID.randomUUID();
    return new GenericDomainEventMessage<>(
        "Node", stream.toString(), 0, event(stream), Map.of(), id, Instant.EPOCH);
  }

  @Test
  void events_are_rolled_back_with_their_transaction() {
    UUID stream = UUID.randomUUID();
    store
        .transaction()
        .executeWithoutResult(
            status -> {
              store.engine().appendEvents(List.of(message(event(stream), 0)));
              status.setRollbackOnly();
            });

    assertThat(store.engine().readEvents(stream.toString()).hasNext()).isFalse();
    assertThatThrownBy(() -> store.engine().appendEvents(message()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void events_of_several_streams_with_and_without_a_cluster_are_appended_in_one_batch() {
    UUID stream = UUID.randomUUID();
    OrganizationOpened opened =
        new OrganizationOpened(
            new OrganizationId(stream), "Harbour", new ProjectId(UUID.randomUUID()));
    DomainEventMessage<?> second = message();

    store.append(message(opened, 0), second, message(opened, 1));

    assertThat(store.engine().readEvents(stream.toString()).asStream())
        .extracting(DomainEventMessage::getPayload)
        .isEqualTo(List.of(opened, opened));
    assertThat(
            store
                .jdbc()
                .queryForList(
                    "select cluster from eventstore.event where stream in (?, ?) order by position",
                    UUID.class,
                    stream,
                    UUID.fromString(second.getAggregateIdentifier())))
        .containsExactly(null, ((NodeDeleted) second.getPayload()).clusterId().value(), null);
  }

  @Test
  void only_events_of_streams_are_appended() {
    assertThatThrownBy(
            () ->
                store
                    .transaction()
                    .executeWithoutResult(
                        status ->
                            store.engine().appendEvents(GenericEventMessage.asEventMessage("hm"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_stream_with_an_unknown_event_cannot_be_loaded() {
    UUID stream = UUID.randomUUID();
    store.append(message(event(stream), 0));
    insertRaw(stream, 1, "node.teleported", 1, "{}");

    assertThatThrownBy(() -> store.engine().readEvents(stream.toString()))
        .isInstanceOf(UnreadableEvent.class)
        .hasMessageContaining("node.teleported");
  }

  @Test
  void stored_events_cannot_be_changed() {
    store.append(message());

    assertThatThrownBy(() -> store.jdbc().update("delete from eventstore.event"))
        .hasMessageContaining("never changed");
    assertThatThrownBy(() -> store.jdbc().update("update eventstore.event set revision = 2"))
        .hasMessageContaining("never changed");
  }

  @Test
  void a_snapshot_is_rejected_and_not_ignored() {
    assertThatThrownBy(() -> store.engine().storeSnapshot(message()))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(store.engine().readSnapshot(stream.toString())).isEmpty();
  }

  private void insertRaw(UUID stream, long version, String type, int revision, String payload) {
    store
        .jdbc()
        .update(
            "insert into eventstore.event (stream, stream_type, version, id, type, revision,"
                + " recorded_at, payload, metadata)"
                + " values (?, 'Node', ?, gen_random_uuid(), ?, ?, now(), ?::bytea, '{}'::bytea)",
            stream,
            version,
            type,
            revision,
            payload);
  }
}
