package io.keelson.infra.eventstore;

import io.keelson.commands.Command;
import io.keelson.commands.Commands.Receipt;
import io.keelson.commands.DomainEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Lets deciders answer the commands of a bus, each in the transaction of its command. It decides
 * nothing itself; what a command says of its origin goes into every event that follows from it.
 *
 * <p>The state of a warm stream is not loaded: when another instance has appended meanwhile, the
 * insert fails on the version and the command is run again. An answer that inserts nothing is given
 * only on a state that the database has just confirmed.
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
   * @param bus runs each command in a transaction, and those of one stream one after the other
   * @param cacheSize how many states are kept between commands; 0: none
   */
  public DeciderHost(CommandBus bus, PostgresEventStore store, int cacheSize) {
    this.bus = bus;
    this.store = store;
    this.events = store.events();
    this.cache = new StateCache(cacheSize);
    this.snapshots = events.snapshots();
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
    UUID stream = command.stream().value();
    Known<S> cached = cache.take(decider, stream);
    Known<S> known = cached == null ? snapshots.load(decider, stream) : cached;
    Verdict<E> verdict = Verdict.of(decider, command, known);
    if (cached != null && !verdict.appends()) {
      known = brought(cached, decider, stream); // no insert will tell whether it was old
      verdict = known.version() == cached.version() ? verdict : Verdict.of(decider, command, known);
    }
    return switch (verdict) {
      case Verdict.Refused<E> refused -> {
        cache.put(stream, known);
        throw refused.why();
      }
      case Verdict.Accepted<E> accepted when accepted.events().isEmpty() -> {
        cache.put(stream, known);
        yield new Receipt(command.stream(), known.version(), List.of());
      }
      case Verdict.Accepted<E> accepted -> {
        Known<S> next = known.with(decider, accepted.events());
        publish(decider, message, known, accepted.events());
        afterCommit(() -> cache.put(stream, snapshots.kept(decider, stream, next)));
        yield new Receipt(command.stream(), next.version(), List.copyOf(accepted.events()));
      }
    };
  }

  /** Brought up to what is committed now, in one query. */
  private <E extends DomainEvent, S> Known<S> brought(
      Known<S> known, Decider<?, E, S> decider, UUID stream) {
    return known.with(decider, events.after(decider, stream, known.version()));
  }

  /** Of the database's transaction, which may be longer than that of the command. */
  private static void afterCommit(Runnable work) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            work.run();
          }
        });
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
