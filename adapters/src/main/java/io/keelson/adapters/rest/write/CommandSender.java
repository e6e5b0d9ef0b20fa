package io.keelson.adapters.rest.write;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.commands.Command;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.Commands;
import io.keelson.commands.OperationId;
import io.keelson.projections.status.Statuses;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/**
 * Sends the commands of calls, and waits until their callers can read what they wrote. A write that
 * happened is never answered with an error only because it cannot be read yet.
 */
@Component
public class CommandSender {
  private static final Logger log = LoggerFactory.getLogger(CommandSender.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Commands commands;
  private final Statuses statuses;

  public CommandSender(Commands commands, Statuses statuses) {
    this.commands = commands;
    this.statuses = statuses;
  }

  /**
   * Sends a command.
   *
   * @param read reads what it is about, once that should show what was written
   * @return empty when it cannot be read in time: the write happened nevertheless
   * @throws Refused when its stream refused it
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
   * Reads what a command was about, once that shows what was written.
   *
   * @return empty when it cannot be read in time: the write happened nevertheless
   */
  public <T> Optional<T> read(Commands.Receipt receipt, Supplier<Optional<T>> read) {
    try {
      return statuses.await(receipt.stream(), receipt.version(), PATIENCE)
          ? read.get()
          : Optional.empty();
    } catch (RuntimeException unreadable) {
      log.warn("{} was written but cannot be read: {}", receipt.stream(), unreadable.toString());
      return Optional.empty();
    }
  }

  /**
   * Sends a command, and waits for nothing.
   *
   * @return without events: the same was asked for before
   * @throws Refused when its stream refused it
   */
  public Commands.Receipt send(
      Command command, OperationId operation, Subject subject, Caller caller) {
    MDC.put("operation_id", operation.toString());
    try {
      return commands.send(command, caller.origin());
    } catch (CommandRejected rejected) {
      throw new Refused(problem(rejected, subject));
    }
  }

  private static Problem problem(CommandRejected rejected, Subject subject) {
    String detail = Objects.requireNonNullElse(rejected.getMessage(), "cannot be accepted");
    String argument = rejected.argument();
    Subject fault = subject.at(argument);
    return switch (rejected.reason()) {
      case NOT_FOUND -> Problem.notFound(fault.resource(), fault.id().toString());
      case NAME_TAKEN ->
          Problem.invalidArgument(
              "name",
              Reason.CONSTRAINT,
              subject.resource() + " name must be unique across the " + subject.space());
      case BUSY -> fault.busy();
      case QUOTA -> quota(rejected, detail);
      case KEY_REUSED -> subject.keyReused();
      case INVALID ->
          Problem.invalidArgument(argument == null ? "body" : argument, Reason.CONSTRAINT, detail);
    };
  }

  private static Problem quota(CommandRejected rejected, String detail) {
    CommandRejected.Quota quota = rejected.quota();
    return quota == null
        ? Problem.invalidArgument("body", Reason.CONSTRAINT, detail)
        : Problem.quotaExceeded(
            quota.resource(), quota.most(), quota.asked(), quota.project().toString());
  }
}
