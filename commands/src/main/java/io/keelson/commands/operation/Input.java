package io.keelson.commands.operation;

import io.keelson.commands.CommandRejected;
import io.keelson.commands.provisioning.Answer;
import org.jspecify.annotations.Nullable;

/** What a process is told. Each may come late, twice or not at all; timers cover the last. */
public sealed interface Input {

  /** The provider answered a wish. */
  record Answered(Target target, int attempt, Answer answer) implements Input {}

  /** A target was looked at. */
  record Seen(Target target, Sight sight) implements Input {}

  /** A timer that the process set went off. */
  record TimerFired(String timer, int number) implements Input {}

  /** A command that followed from one of its events was refused. */
  record CommandRefused(String command, CommandRejected.Reason reason, String detail)
      implements Input {}

  /** One of its targets is not wanted any more: something newer has taken its place. */
  record Withdrawn(Target target, String reason) implements Input {}

  /**
   * A run that it had asked for has ended.
   *
   * @param failure null: it has done what it was for
   */
  record RunEnded(Target target, @Nullable String failure) implements Input {}

  /** It should end where it stands. */
  record CancelAsked(String reason) implements Input {}
}
