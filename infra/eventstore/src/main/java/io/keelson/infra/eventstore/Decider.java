package io.keelson.infra.eventstore;

import io.keelson.commands.Command;
import io.keelson.commands.DomainEvent;
import java.util.List;
import java.util.function.BiFunction;

/**
 * One kind of stream: who decides in it, and how its events become a state. Pure, and its states
 * are immutable: one state serves many commands.
 *
 * @param type what the kind is called in the store; never changes once released
 * @param commands sealed; each of them names its stream
 * @param states sealed, or a record
 * @param initial of a stream without events
 * @param decide answers with what to append, with nothing, or with a {@link
 *     io.keelson.commands.CommandRejected}
 * @param evolve total and silent
 * @param snapshots the revision of the states that are kept as snapshots: to be raised by hand when
 *     {@code evolve} makes something else of the same events; 0: none are kept
 */
public record Decider<C extends Command, E extends DomainEvent, S>(
    String type,
    Class<C> commands,
    Class<E> events,
    Class<S> states,
    S initial,
    BiFunction<C, S, List<? extends E>> decide,
    BiFunction<S, E, S> evolve,
    int snapshots) {

  boolean keepsSnapshots() {
    return snapshots > 0;
  }
}
