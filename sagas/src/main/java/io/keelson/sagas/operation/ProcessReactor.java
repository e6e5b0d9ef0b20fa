package io.keelson.sagas.operation;

import io.keelson.commands.Command;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.Commands;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.OperationId;
import io.keelson.commands.Origin;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.Outcome;
import io.keelson.commands.operation.RunEvent.DeadlineExtended;
import io.keelson.commands.operation.RunEvent.OperationStarted;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns events into the commands and timers of runs, and keeps nothing. It may be given an event
 * twice: every command that it sends changes nothing the second time.
 */
@ProcessingGroup("processes")
public final class ProcessReactor {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessReactor.class);
  private static final String PART = "processes";

  private final Processes processes;
  private final Commands commands;
  private final Timers timers;

  public ProcessReactor(Processes processes, Commands commands, Timers timers) {
    this.processes = processes;
    this.commands = commands;
    this.timers = timers;
  }

  @EventHandler
  void on(ClusterEvent event, EventMessage<?> message) {
    follow(event, message);
  }

  @EventHandler
  void on(NodeEvent event, EventMessage<?> message) {
    follow(event, message);
  }

  @EventHandler
  void on(OperationEvent event, EventMessage<?> message) {
    setTimer(event);
    if (event instanceof Outcome outcome) {
      conclude(outcome, message);
    }
    follow(event, message);
  }

  private void setTimer(OperationEvent event) {
    switch (event) {
      case OperationStarted e ->
          timers.set(e.operation(), OperationEvolution.FIRST_DEADLINE, e.deadline());
      case DeadlineExtended e -> timers.set(e.operation(), e.timer(), e.after());
      case OperationEvent _ -> {}
    }
  }

  /** Superseded runs end before the run starts that supersedes them. */
  private void follow(DomainEvent event, EventMessage<?> message) {
    for (Command command : processes.effects(event)) {
      try {
        commands.send(command, origin(message, command));
      } catch (CommandRejected e) {
        LOG.info("{} was rejected: {}", command, e.getMessage());
      }
    }
    for (Command start : processes.starts(event, Origin.of(message.getMetaData()))) {
      commands.send(start, origin(message, start));
    }
  }

  private void conclude(Outcome outcome, EventMessage<?> message) {
    for (Command command : processes.conclude(outcome)) {
      try {
        commands.send(command, origin(message, command));
      } catch (CommandRejected e) {
        reportRejection(outcome.operation(), command, e, message);
      }
    }
  }

  private void reportRejection(
      OperationId operation, Command command, CommandRejected rejection, EventMessage<?> message) {
    Command report =
        new AdvanceOperation(
            operation,
            new Input.CommandRefused(
                command.getClass().getSimpleName(),
                rejection.reason(),
                String.valueOf(rejection.getMessage())));
    commands.send(report, origin(message, report));
  }

  /** A command to a run belongs to that run, any other one to the run of the event. */
  private static Origin origin(EventMessage<?> message, Command command) {
    return Origin.of(message.getMetaData())
        .causedBy(
            UUID.fromString(message.getIdentifier()),
            PART,
            command instanceof OperationCommand c ? c.operation() : null);
  }
}
