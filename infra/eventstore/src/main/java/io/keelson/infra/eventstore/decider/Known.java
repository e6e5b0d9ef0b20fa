package io.keelson.infra.eventstore.decider;

import io.keelson.commands.DomainEvent;
import io.keelson.infra.eventstore.store.EventTable;
import java.util.List;
import java.util.UUID;

/**
 * The state of a stream after one of its events. It stays correct, but may be no longer the newest.
 *
 * @param version the number of that event, from 0; -1 before the first event
 * @param snapshot the version of the newest snapshot known here; -1: none
 */
record Known<S>(S state, long version, long snapshot) {

  static <S> Known<S> nothing(Decider<?, ?, S> decider) {
    return new Known<>(decider.initial(), -1, -1);
  }

  /** This state with the events that are committed after it, read in one query. */
  <E extends DomainEvent> Known<S> upToNow(
      Decider<?, E, S> decider, UUID stream, EventTable events) {
    return with(decider, events.after(stream, version).stream().map(decider::event).toList());
  }

  /** This state with the next events; itself when there are none. */
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
