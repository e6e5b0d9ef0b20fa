package io.keelson.adapters.provisioning;

import io.keelson.commands.Command;
import io.keelson.commands.Commands;
import io.keelson.commands.Origin;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Accepts commands, as a store would that accepts all. */
final class RecordingCommands implements Commands {

  record Sent(Command command, Origin origin) {}

  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private volatile Consumer<Command> before = _ -> {};

  /** Runs before a command is accepted; its exception is thrown to the sender. */
  void before(Consumer<Command> action) {
    before = action;
  }

  @Override
  public Receipt send(Command command, Origin origin) {
    before.accept(command);
    sent.add(new Sent(command, origin));
    return new Receipt(command.stream(), sent.size(), List.of());
  }

  List<Sent> sent() {
    return List.copyOf(sent);
  }

  /** The commands about clusters and nodes, in their order. */
  List<Command> recorded() {
    return sent.stream()
        .map(Sent::command)
        .filter(command -> !(command instanceof AdvanceOperation))
        .toList();
  }

  <C extends Command> List<C> sent(Class<C> type) {
    return sent.stream().map(Sent::command).filter(type::isInstance).map(type::cast).toList();
  }

  <I extends Input> List<I> inputs(Class<I> type) {
    return sent(AdvanceOperation.class).stream()
        .map(AdvanceOperation::input)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}
