package io.keelson.infra.eventstore.decider;

import io.keelson.commands.Command;
import io.keelson.commands.Commands.Receipt;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.Id;
import io.keelson.commands.Origin;
import io.keelson.infra.eventstore.store.EventTable;
import io.keelson.infra.eventstore.store.PostgresEventStore;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Runs deciders for the commands of a bus, each in the transaction of its command. It decides
 * nothing itself. Each event gets the origin of its command, as the decider stamps it.
 *
 * <p>The state of a cached stream is not loaded. When another instance has appended meanwhile, the
 * insert fails on the version, and the command is run again. A result without an insert is returned
 * only for a state that the database has just confirmed.
 */
public final class DeciderHost {

  private final CommandBus bus;
  private final PostgresEventStore store;
  private final EventTable events;
  private final StateCache cache;
  private final Snapshots snapshots;

  /**
   * A host of deciders.
   *
   * @param bus runs each command in a transaction, and the commands of one stream one by one
   * @param cacheSize how many states are kept between commands; 0: none
   */
  public DeciderHost(CommandBus bus, PostgresEventStore store, int cacheSize) {
    this.bus = bus;
    this.store = store;
    this.events = store.events();
    this.cache = new StateCache(cacheSize);
    this.snapshots = new Snapshots(events);
  }

  /**
   * Adds a decider. Every command below its sealed roots is routed, so that none can be forgotten.
   *
   * @return the commands that are routed to it
   */
  public <C extends Command> List<Class<? extends C>> add(Decider<C, ?, ?> decider) {
    List<Class<? extends C>> routed = decider.commandTypes();
    routed.forEach(type -> bus.subscribe(type.getName(), message -> handle(decider, message)));
    return routed;
  }

  private <C extends Command, E extends DomainEvent, S> Receipt handle(
      Decider<C, E, S> decider, CommandMessage<?> message) {
    C command = decider.command(message.getPayload());
    UUID stream = command.stream().value();
    Known<S> cached = cache.take(decider, stream);
    Known<S> known = cached == null ? snapshots.load(decider, stream) : cached;
    CommandOutcome<E> verdict = CommandOutcome.of(decider, command, known);
    if (cached != null && !verdict.appends()) {
      known = cached.upToNow(decider, stream, events); // no insert will show that it was old
      verdict =
          known.version() == cached.version()
              ? verdict
              : CommandOutcome.of(decider, command, known);
    }
    return switch (verdict) {
      case CommandOutcome.Rejected<E> rejected -> {
        cache.put(stream, known);
        throw rejected.failure();
      }
      case CommandOutcome.Accepted<E> accepted when accepted.events().isEmpty() -> {
        cache.put(stream, known);
        yield new Receipt(command.stream(), known.version(), List.of());
      }
      case CommandOutcome.Accepted<E> accepted -> {
        Known<S> next = known.with(decider, accepted.events());
        publish(
            decider, metadata(decider, message, command.stream(), next), known, accepted.events());
        afterCommit(() -> cache.put(stream, snapshots.kept(decider, stream, next)));
        yield new Receipt(command.stream(), next.version(), List.copyOf(accepted.events()));
      }
    };
  }

  /** After the transaction of the database, which may last longer than that of the command. */
  private static void afterCommit(Runnable work) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            work.run();
          }
        });
  }

  /** The metadata of the command, with the origin that the decider stamps its events with. */
  private static <S> MetaData metadata(
      Decider<?, ?, S> decider, CommandMessage<?> command, Id stream, Known<S> next) {
    Origin origin = Origin.of(command.getMetaData());
    Origin stamped = decider.stamp().stamp(stream, next.state(), origin);
    return command
        .getMetaData()
        .withoutKeys(origin.toMetadata().keySet())
        .mergedWith(stamped.toMetadata());
  }

  private void publish(
      Decider<?, ?, ?> decider,
      MetaData metadata,
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
              metadata));
    }
    store.publish(messages);
  }
}
