package io.keelson.adapters.provisioning;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Command;
import io.keelson.commands.Commands;
import io.keelson.commands.NodeId;
import io.keelson.commands.Origin;
import io.keelson.commands.node.NodeCommand.RecordNodeGone;
import io.keelson.commands.node.NodeCommand.RecordNodeObserved;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.projections.status.NodeStatus;
import io.keelson.projections.status.Statuses;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Takes commands, as a store would that accepts all; and shows the nodes that were recorded. */
final class RecordingCommands implements Commands {

  record Sent(Command command, Origin origin) {}

  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private final Map<NodeId, NodeStatus> nodes = new ConcurrentHashMap<>();
  private volatile Consumer<Command> trouble = _ -> {};

  /** Asked before a command is taken; whatever it throws is thrown to the sender. */
  void troubledBy(Consumer<Command> inTheWay) {
    trouble = inTheWay;
  }

  @Override
  public Receipt send(Command command, Origin origin) {
    trouble.accept(command);
    sent.add(new Sent(command, origin));
    if (command instanceof RecordNodeObserved(ClusterId cluster, ObservedNode observed)) {
      nodes.put(observed.node(), row(cluster, observed, false));
    } else if (command instanceof RecordNodeGone(NodeId node, ClusterId cluster)) {
      nodes.computeIfPresent(node, (_, known) -> row(cluster, known.observed(), true));
    }
    return new Receipt(command.stream(), sent.size(), List.of());
  }

  List<Sent> sent() {
    return List.copyOf(sent);
  }

  <C extends Command> List<C> sent(Class<C> type) {
    return sent.stream().map(Sent::command).filter(type::isInstance).map(type::cast).toList();
  }

  <I extends Input> List<I> told(Class<I> type) {
    return sent(AdvanceOperation.class).stream()
        .map(AdvanceOperation::input)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** The rows that follow from what was sent. */
  Statuses statuses() {
    return (Statuses)
        Proxy.newProxyInstance(
            Statuses.class.getClassLoader(),
            new Class<?>[] {Statuses.class},
            (_, method, arguments) -> {
              if (method.getName().equals("nodesOf")) {
                return nodes.values().stream()
                    .filter(n -> n.cluster().equals(arguments[0]))
                    .toList();
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private static NodeStatus row(ClusterId cluster, ObservedNode observed, boolean deleted) {
    return new NodeStatus(
        observed.node(), 0, cluster, observed, deleted, Instant.EPOCH, Instant.EPOCH);
  }
}
