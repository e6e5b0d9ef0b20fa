package io.keelson.infra.eventstore.decider;

import io.keelson.commands.Command;
import io.keelson.commands.DomainEvent;
import java.util.List;

/** What a decider says to a command. */
sealed interface Verdict<E extends DomainEvent> {

  /** Nothing has to change, or these events have to be appended. */
  record Accepted<E extends DomainEvent>(List<E> events) implements Verdict<E> {}

  record Refused<E extends DomainEvent>(RuntimeException why) implements Verdict<E> {}

  static <C extends Command, E extends DomainEvent, S> Verdict<E> of(
      Decider<C, E, S> decider, C command, Known<S> known) {
    try {
      return new Accepted<>(List.copyOf(decider.decide().apply(command, known.state())));
    } catch (RuntimeException e) {
      return new Refused<>(e);
    }
  }

  /** Whether the append will find out if it was decided on an old state. */
  default boolean appends() {
    return this instanceof Accepted<E> accepted && !accepted.events().isEmpty();
  }
}
