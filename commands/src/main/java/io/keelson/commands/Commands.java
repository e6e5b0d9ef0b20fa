package io.keelson.commands;

import java.util.List;

/**
 * The one way in for commands. Blocks until the events are durable; a write that lost a race is
 * tried again a few times before it shows.
 */
public interface Commands {

  /**
   * Lets the command's stream decide.
   *
   * @throws CommandRejected when it was refused; nothing has changed
   * @throws StoreUnavailable when it is not known whether anything has changed; safe to send again
   */
  Receipt send(Command command, Origin origin);

  /**
   * What came of a command.
   *
   * @param version the last event's number in the stream, from 0; -1 while the stream is empty
   * @param events what was appended; empty: nothing had to change
   */
  record Receipt(Id stream, long version, List<DomainEvent> events) {

    public Receipt {
      events = List.copyOf(events);
    }
  }

  /** The store cannot be reached, or did not respond in time. */
  final class StoreUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
