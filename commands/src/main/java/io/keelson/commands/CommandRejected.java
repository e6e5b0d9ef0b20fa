package io.keelson.commands;

import org.jspecify.annotations.Nullable;

/**
 * A command was understood and refused; nothing has changed. The reason is for programs, the detail
 * for people; the argument names what was at fault, in the caller's words, where one was.
 */
public final class CommandRejected extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why; stable, so that callers can act on it. */
  public enum Reason {
    /** The subject was never there, or is gone. */
    NOT_FOUND,
    /** Another resource has that name. */
    NAME_TAKEN,
    /** The subject is in a state that forbids it for now. */
    BUSY,
    /** The same idempotency key came with another request. */
    KEY_REUSED,
    /** A value that can never be accepted here. */
    INVALID
  }

  private final Reason reason;
  private final @Nullable String argument;

  public CommandRejected(Reason reason, String detail) {
    this(reason, detail, null);
  }

  public CommandRejected(Reason reason, String detail, @Nullable String argument) {
    super(detail, null, false, false);
    this.reason = reason;
    this.argument = argument;
  }

  public Reason reason() {
    return reason;
  }

  /** The name of the argument at fault, or null. */
  public @Nullable String argument() {
    return argument;
  }
}
