package io.keelson.infra.app;

import io.keelson.aggregates.access.AccessAggregate;
import io.keelson.aggregates.access.CallAggregate;
import io.keelson.aggregates.cluster.ClusterAggregate;
import io.keelson.aggregates.node.NodeAggregate;
import io.keelson.aggregates.release.ReleaseAggregate;
import io.keelson.commands.Command;
import io.keelson.commands.Commands.Receipt;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.access.AccessCommand;
import io.keelson.commands.access.CallCommand;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.node.NodeCommand;
import io.keelson.commands.operation.OperationCommand;
import io.keelson.commands.release.ReleaseCommand;
import io.keelson.sagas.operation.OperationAggregate;
import io.keelson.sagas.operation.OperationDecider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.lock.NullLockFactory;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.Aggregate;

/**
 * Which aggregate hosts which commands. Every command of a sealed interface is routed by its
 * subject alone, so that none can be forgotten.
 */
final class CommandRoutes {

  private final CommandBus bus;
  private final EventStore events;
  private final List<Class<? extends Command>> routed = new ArrayList<>();

  private CommandRoutes(CommandBus bus, EventStore events) {
    this.bus = bus;
    this.events = events;
  }

  /** Lets the bus know every aggregate; answers with the commands that now have a home. */
  static List<Class<? extends Command>> lay(
      CommandBus bus, EventStore events, OperationDecider decider) {
    CommandRoutes routes = new CommandRoutes(bus, events);
    routes.add(
        ClusterCommand.class,
        ClusterAggregate.class,
        ClusterAggregate::new,
        ClusterAggregate::handle);
    routes.add(NodeCommand.class, NodeAggregate.class, NodeAggregate::new, NodeAggregate::handle);
    routes.add(
        ReleaseCommand.class,
        ReleaseAggregate.class,
        ReleaseAggregate::new,
        ReleaseAggregate::handle);
    routes.add(
        AccessCommand.class, AccessAggregate.class, AccessAggregate::new, AccessAggregate::handle);
    routes.add(CallCommand.class, CallAggregate.class, CallAggregate::new, CallAggregate::handle);
    routes.add(
        OperationCommand.class,
        OperationAggregate.class,
        OperationAggregate::new,
        (operation, command) -> operation.handle(command, decider));
    return List.copyOf(routes.routed);
  }

  private <C extends Command, A> void add(
      Class<C> subject,
      Class<A> host,
      Callable<A> first,
      BiFunction<A, C, List<? extends DomainEvent>> handle) {
    EventSourcingRepository<A> repository =
        EventSourcingRepository.builder(host)
            .eventStore(events)
            .lockFactory(NullLockFactory.INSTANCE) // AxonCommands has the lock already
            .build();
    leaves(subject)
        .forEach(
            type -> {
              routed.add(type.asSubclass(Command.class));
              bus.subscribe(
                  type.getName(),
                  message -> {
                    C command = subject.cast(message.getPayload());
                    Aggregate<A> aggregate =
                        repository.loadOrCreate(command.stream().toString(), first);
                    List<DomainEvent> appended =
                        List.copyOf(aggregate.invoke(root -> handle.apply(root, command)));
                    Long version = aggregate.version();
                    return new Receipt(command.stream(), version == null ? -1 : version, appended);
                  });
            });
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(CommandRoutes::leaves)
        : Stream.of(type);
  }
}
