package io.keelson.infra.eventstore;

import io.keelson.commands.Command;
import io.keelson.commands.Commands.Receipt;
import io.keelson.commands.DomainEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/**
 * Lets deciders answer the commands of a bus, each in the transaction of its command. It decides
 * nothing itself; what a command says of its origin goes into every event that follows from it.
 */
public final class DeciderHost {

  private final CommandBus bus;
  private final PostgresEventStore store;
  private final EventTable events;

  public DeciderHost(CommandBus bus, PostgresEventStore store) {
    this.bus = bus;
    this.store = store;
    this.events = store.events();
  }

  /**
   * Takes in a decider. Every command of its sealed interface is routed, so that none can be
   * forgotten.
   *
   * @return the commands that now have a home
   */
  public <C extends Command> List<Class<? extends C>> add(Decider<C, ?, ?> decider) {
    List<Class<? extends C>> routed = new ArrayList<>();
    leaves(decider.commands())
        .forEach(
            type -> {
              routed.add(type.asSubclass(decider.commands()));
              bus.subscribe(type.getName(), message -> answer(decider, message));
            });
    return List.copyOf(routed);
  }

  private <C extends Command, E extends DomainEvent, S> Receipt answer(
      Decider<C, E, S> decider, CommandMessage<?> message) {
    C command = decider.commands().cast(message.getPayload());
    Known<S> known =
        Known.nothing(decider).with(decider, events.after(decider, command.stream().value(), -1));
    List<? extends E> decided = decider.decide().apply(command, known.state());
    publish(decider, message, known, decided);
    return new Receipt(command.stream(), known.version() + decided.size(), List.copyOf(decided));
  }

  private void publish(
      Decider<?, ?, ?> decider,
      CommandMessage<?> command,
      Known<?> known,
      List<? extends DomainEvent> decided) {
    List<GenericDomainEventMessage<?>> messages = new ArrayList<>();
    for (DomainEvent event : decided) {
      messages.add(
          new GenericDomainEventMessage<>(
              decider.type(),
              event.stream().toString(),
              known.version() + 1 + messages.size(),
              event,
              command.getMetaData()));
    }
    store.publish(messages);
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(DeciderHost::leaves)
        : Stream.of(type);
  }
}
