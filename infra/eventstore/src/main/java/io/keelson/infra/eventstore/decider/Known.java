package io.keelson.infra.eventstore.decider;

import io.keelson.commands.DomainEvent;
import io.keelson.infra.eventstore.store.EventTable;
import java.util.List;
import java.util.UUID;

/**
 * The state of a stream as it was after one of its events: true for ever, and perhaps no longer the
 * newest.
 *
 * @param version that event's number, from 0; -1 before the first
 * @param snapshot the version of its newest snapshot that we know of; -1: none
 */
record Known<S>(S state, long version, long snapshot) {

  static <S> Known<S> nothing(Decider<?, ?, S> decider) {
    return new Known<>(decider.initial(), -1, -1);
  }

  /** With what is committed after it, read in one query. */
  <E extends DomainEvent> Known<S> upToNow(
      Decider<?, E, S> decider, UUID stream, EventTable events) {
    return with(decider, events.after(stream, version).stream().map(decider::event).toList());
  }

  /** With the events that follow on it; itself where none do. */
  <E extends DomainEvent> Known<S> with(Decider<?, E, S> decider, List<? extends E> next) {
    if (next.isEmpty()) {
      return this;
    }
    S folded = state;
    for (E event : next) {
      folded = decider.evolve().apply(folded, event);
    }
    return new Known<>(folded, version + next.size(), snapshot);
  }
}
