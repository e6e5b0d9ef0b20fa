package io.keelson.infra.eventstore.decider;

import io.keelson.commands.Command;
import io.keelson.commands.DomainEvent;
import java.util.List;

/** The outcome of a command. */
sealed interface CommandOutcome<E extends DomainEvent> {

  /** These events have to be appended; none when nothing changes. */
  record Accepted<E extends DomainEvent>(List<E> events) implements CommandOutcome<E> {}

  /** Nothing is appended, and the sender gets this failure. */
  record Rejected<E extends DomainEvent>(RuntimeException failure) implements CommandOutcome<E> {}

  static <C extends Command, E extends DomainEvent, S> CommandOutcome<E> of(
      Decider<C, E, S> decider, C command, Known<S> known) {
    try {
      return new Accepted<>(List.copyOf(decider.decide().apply(command, known.state())));
    } catch (RuntimeException e) {
      return new Rejected<>(e);
    }
  }

  /** Whether there is an append, which fails when the decision was made on an old state. */
  default boolean appends() {
    return this instanceof Accepted<E> accepted && !accepted.events().isEmpty();
  }
}
