package io.keelson.sagas.operation;

import io.keelson.commands.Command;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.Commands;
import io.keelson.commands.OperationId;
import io.keelson.commands.Origin;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.node.NodeCommand.CordonNode;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.TimerSet;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between events and processes: turns what happened into commands and timers, and keeps
 * nothing. It may see an event twice: every command that it sends changes nothing the second time.
 */
@ProcessingGroup("processes")
public final class ProcessReactor {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessReactor.class);

  private final Commands commands;
  private final Timers timers;

  public ProcessReactor(Commands commands, Timers timers) {
    this.commands = commands;
    this.timers = timers;
  }

  @EventHandler
  void on(ClusterEvent event, EventMessage<?> message) {
    for (Command command : Effects.of(event)) {
      send(command, origin(message, event.operationId()));
    }
  }

  @EventHandler
  void on(NodeEvent event, EventMessage<?> message) {
    for (Command command : Effects.of(event)) {
      send(command, origin(message, event.operationId()));
    }
  }

  @EventHandler
  void on(OperationEvent event, EventMessage<?> message) {
    Origin origin = origin(message, event.operation());
    if (event instanceof TimerSet t) {
      timers.set(t.operation(), t.timer(), t.number(), t.after());
    }
    for (Command command : Effects.of(event)) {
      try {
        commands.send(command, origin);
      } catch (CommandRejected e) {
        if (command instanceof CordonNode) {
          LOG.debug("{} was not cordoned: {}", command.stream(), e.getMessage());
        } else {
          tellRefusal(event.operation(), command, e, origin);
        }
      }
    }
  }

  private void tellRefusal(
      OperationId operation, Command command, CommandRejected refusal, Origin origin) {
    String name = command.getClass().getSimpleName();
    String detail = String.valueOf(refusal.getMessage());
    send(
        new AdvanceOperation(operation, new Input.CommandRefused(name, refusal.reason(), detail)),
        origin);
  }

  private void send(Command command, Origin origin) {
    try {
      commands.send(command, origin);
    } catch (CommandRejected e) {
      if (command instanceof OperationCommand o) {
        LOG.warn("operation {} cannot go on: {}", o.operation(), e.getMessage());
      } else {
        throw e;
      }
    }
  }

  private static Origin origin(EventMessage<?> message, @Nullable OperationId operation) {
    return Origin.of(message.getMetaData())
        .causedBy(UUID.fromString(message.getIdentifier()), operation);
  }
}
