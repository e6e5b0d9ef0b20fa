package io.keelson.commands;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command was understood and refused; nothing has changed. The reason is for programs, the detail
 * for people; the argument names what was at fault, in the caller's words, where one was.
 */
public final class CommandRejected extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why; stable, so that callers can act on it. */
  public enum Reason {
    /** The subject was never there, or is deleted. */
    NOT_FOUND,
    /** Another resource has that name. */
    NAME_TAKEN,
    /** The subject is in a state that forbids it for now; {@link #awaited} says what ends it. */
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
   * @param max how many there may be
   * @param requested how many there would be
   */
  public record Quota(String resource, long max, long requested, ProjectId project) {}

  /**
   * What has to end before the same command can be accepted.
   *
   * @param what it is about: {@code cluster/<id>}, {@code pool/<id>} or {@code node/<id>}
   * @param detail what happens to it, {@code being created}
   * @param operation the run that does it, where one does
   */
  public record Awaited(String what, String detail, @Nullable OperationId operation) {}

  private final Reason reason;
  private final @Nullable String argument;
  private final transient @Nullable Quota quota;
  private final transient List<Awaited> awaited;

  public CommandRejected(Reason reason, String detail) {
    this(reason, detail, null);
  }

  public CommandRejected(Reason reason, String detail, @Nullable String argument) {
    super(detail, null, false, false);
    this.reason = reason;
    this.argument = argument;
    this.quota = null;
    this.awaited = List.of();
  }

  /** The subject is busy: the same command can be accepted once something has ended. */
  public CommandRejected(String detail, @Nullable String argument, List<Awaited> awaited) {
    super(detail, null, false, false);
    this.reason = Reason.BUSY;
    this.argument = argument;
    this.quota = null;
    this.awaited = List.copyOf(awaited);
  }

  public CommandRejected(Quota quota) {
    super(
        quota.requested() + " " + quota.resource() + " are more than " + quota.max(),
        null,
        false,
        false);
    this.reason = Reason.QUOTA;
    this.argument = null;
    this.quota = quota;
    this.awaited = List.of();
  }

  public Reason reason() {
    return reason;
  }

  /** The limit that would be passed, where the reason is {@link Reason#QUOTA}; else null. */
  public @Nullable Quota quota() {
    return quota;
  }

  /** What has to end first, where the reason is {@link Reason#BUSY} and it is known; else empty. */
  public List<Awaited> awaited() {
    return awaited;
  }

  /** The name of the argument at fault, or null. */
  public @Nullable String argument() {
    return argument;
  }
}
