package io.keelson.infra.eventstore.decider;

import io.keelson.commands.Command;
import io.keelson.commands.DomainEvent;
import java.util.List;
import java.util.function.BiFunction;

/**
 * One kind of stream: how a command becomes events in it, and how its events become a state. A
 * decider is pure and its states are immutable, since one state serves many commands.
 *
 * @param type the name of the kind in the store; never changes once released
 * @param commands the roots of what it decides on, each sealed; each command names its stream
 * @param events the roots of what it appends, each sealed
 * @param states sealed, or a record
 * @param parts what a state can hold below a type that is not sealed: a snapshot of other parts is
 *     not read
 * @param initial the state of a stream without events
 * @param decide returns the events to append, or none, or throws a {@link
 *     io.keelson.commands.CommandRejected}
 * @param evolve total and silent
 * @param stamp the origin that the events of a command get
 * @param snapshots the revision of the states that are kept as snapshots: to be raised by hand when
 *     {@code evolve} makes another state of the same events; 0: none are kept
 */
public record Decider<C extends Command, E extends DomainEvent, S>(
    String type,
    List<Class<? extends C>> commands,
    List<Class<? extends E>> events,
    Class<S> states,
    List<Class<?>> parts,
    S initial,
    BiFunction<C, S, List<? extends E>> decide,
    BiFunction<S, E, S> evolve,
    Stamp<S> stamp,
    int snapshots) {

  /**
   * Checks that every command and every event of the roots is known.
   *
   * @throws IllegalArgumentException when a type below a root is not sealed and no other root is
   *     below it
   */
  public Decider {
    commands = List.copyOf(commands);
    events = List.copyOf(events);
    parts = List.copyOf(parts);
    new SealedRoots<C>(commands).leaves();
    new SealedRoots<E>(events).leaves();
  }

  /** One root of commands and one of events, and each event has the origin of its command. */
  public Decider(
      String type,
      Class<C> commands,
      Class<E> events,
      Class<S> states,
      S initial,
      BiFunction<C, S, List<? extends E>> decide,
      BiFunction<S, E, S> evolve,
      int snapshots) {
    this(
        type,
        List.of(commands),
        List.of(events),
        states,
        List.of(),
        initial,
        decide,
        evolve,
        Stamp.unchanged(),
        snapshots);
  }

  boolean keepsSnapshots() {
    return snapshots > 0;
  }

  /** Every command that it decides on. */
  public List<Class<? extends C>> commandTypes() {
    return new SealedRoots<C>(commands).leaves();
  }

  /** Every event that it appends. */
  public List<Class<? extends E>> eventTypes() {
    return new SealedRoots<E>(events).leaves();
  }

  /**
   * The payload of a command message as a command of this decider.
   *
   * @throws ClassCastException when it is none
   */
  C command(Object payload) {
    return new SealedRoots<C>(commands).cast(payload);
  }

  /**
   * A stored event as an event of this decider.
   *
   * @throws ClassCastException when it is none
   */
  E event(Object stored) {
    return new SealedRoots<E>(events).cast(stored);
  }
}
