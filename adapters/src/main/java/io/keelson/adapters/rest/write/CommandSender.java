package io.keelson.adapters.rest.write;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.problem.Awaited;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.commands.Command;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.Commands;
import io.keelson.commands.OperationId;
import io.keelson.projections.status.OperationStatus;
import io.keelson.projections.status.Statuses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/**
 * Sends the commands of calls and waits until the callers can read the result. A command that has
 * been executed never ends in an error just because its result cannot be read yet.
 */
@Component
public class CommandSender {
  private static final Logger log = LoggerFactory.getLogger(CommandSender.class);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

  private final Commands commands;
  private final Statuses statuses;

  public CommandSender(Commands commands, Statuses statuses) {
    this.commands = commands;
    this.statuses = statuses;
  }

  /**
   * Sends a command and reads its subject.
   *
   * @param read reads the subject once its row shows the result
   * @return empty when the subject cannot be read in time, although the command has been executed
   * @throws Refused when the stream rejects the command
   */
  public <T> Optional<T> send(
      Command command,
      OperationId operation,
      Subject subject,
      Caller caller,
      Supplier<Optional<T>> read) {
    return read(send(command, operation, subject, caller), read);
  }

  /**
   * Reads the subject of a command once its row shows the result.
   *
   * @return empty when it cannot be read in time, although the command has been executed
   */
  public <T> Optional<T> read(Commands.Receipt receipt, Supplier<Optional<T>> read) {
    try {
      return statuses.await(receipt.stream(), receipt.version(), READ_TIMEOUT)
          ? read.get()
          : Optional.empty();
    } catch (RuntimeException unreadable) {
      log.warn(
          "The row of stream {} cannot be read after a write: {}",
          receipt.stream(),
          unreadable.toString());
      return Optional.empty();
    }
  }

  /**
   * Sends a command without waiting.
   *
   * @return a receipt; it has no events if the command was a repetition
   * @throws Refused when the stream rejects the command
   */
  public Commands.Receipt send(
      Command command, OperationId operation, Subject subject, Caller caller) {
    MDC.put("operation_id", operation.toString());
    try {
      return commands.send(command, caller.origin());
    } catch (CommandRejected rejected) {
      throw new Refused(problem(rejected, subject, caller));
    }
  }

  private Problem problem(CommandRejected rejected, Subject subject, Caller caller) {
    String detail = Objects.requireNonNullElse(rejected.getMessage(), "cannot be accepted");
    String argument = rejected.argument();
    Subject cause = subject.at(argument);
    return switch (rejected.reason()) {
      case NOT_FOUND -> Problem.notFound(cause.resource(), cause.id().toString());
      case NAME_TAKEN ->
          Problem.invalidArgument(
              "name",
              Reason.CONSTRAINT,
              subject.resource() + " name must be unique across the " + subject.nameScope());
      case BUSY -> cause.busy(awaited(rejected, caller));
      case QUOTA -> quota(rejected, detail);
      case KEY_REUSED -> subject.keyReused();
      case INVALID ->
          Problem.invalidArgument(argument == null ? "body" : argument, Reason.CONSTRAINT, detail);
    };
  }

  /** What has to end first, with the times that operations show. */
  private List<Awaited> awaited(CommandRejected rejected, Caller caller) {
    return rejected.awaited().stream()
        .map(a -> new Awaited(a.what(), a.detail(), a.operation(), started(a.operation(), caller)))
        .toList();
  }

  private @Nullable Instant started(@Nullable OperationId operation, Caller caller) {
    return operation == null
        ? null
        : statuses
            .operation(caller.scope(), operation)
            .map(OperationStatus::startedAt)
            .orElse(null);
  }

  private static Problem quota(CommandRejected rejected, String detail) {
    CommandRejected.Quota quota = rejected.quota();
    return quota == null
        ? Problem.invalidArgument("body", Reason.CONSTRAINT, detail)
        : Problem.quotaExceeded(
            quota.resource(), quota.max(), quota.requested(), quota.project().toString());
  }
}
