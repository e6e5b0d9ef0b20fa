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
    /** More than there may be; {@link #quota} says of what. */
    QUOTA,
    /** A value that can never be accepted here. */
    INVALID
  }

  /**
   * A limit that would be passed.
   *
   * @param resource of what, in the caller's words
   * @param most how many there may be
   * @param asked how many there would be
   */
  public record Quota(String resource, long most, long asked, ProjectId project) {}

  private final Reason reason;
  private final @Nullable String argument;
  private final transient @Nullable Quota quota;

  public CommandRejected(Reason reason, String detail) {
    this(reason, detail, null);
  }

  public CommandRejected(Reason reason, String detail, @Nullable String argument) {
    super(detail, null, false, false);
    this.reason = reason;
    this.argument = argument;
    this.quota = null;
  }

  public CommandRejected(Quota quota) {
    super(
        quota.asked() + " " + quota.resource() + " are more than " + quota.most(),
        null,
        false,
        false);
    this.reason = Reason.QUOTA;
    this.argument = null;
    this.quota = quota;
  }

  public Reason reason() {
    return reason;
  }

  /** The limit that would be passed, where the reason is {@link Reason#QUOTA}; else null. */
  public @Nullable Quota quota() {
    return quota;
  }

  /** The name of the argument at fault, or null. */
  public @Nullable String argument() {
    return argument;
  }
}
