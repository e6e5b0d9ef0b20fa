package io.keelson.adapters.provisioning;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.keelson.adapters.simulator.Simulator;
import io.keelson.adapters.simulator.SimulatorCall;
import io.keelson.adapters.simulator.SimulatorCalls;
import io.keelson.commands.ClusterId;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.Origin;
import io.keelson.commands.provisioning.Provisioning;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The reactor with its tasks, a scheduler and a database, wired as an application would. */
final class Workshop implements AutoCloseable {

  static final ObserverPace PACE = new ObserverPace(Duration.ofMillis(50), Duration.ofMillis(400));
  static final Origin ORIGIN =
      Origin.request(
          "SCWAAAAAAAAAAAAAAAAA",
          new UUID(7, 7),
          new Origin.Call("CreateCluster", "127.0.0.1", "test"),
          null);

  final RecordingCommands commands;
  final Scheduler scheduler;
  final ObservationHints hints;

  private final DataSource database;
  private final TransactionTemplate transaction;
  private final AnnotationEventHandlerAdapter reactor;

  Workshop(DataSource database, Provisioning provisioning, RecordingCommands commands) {
    this(database, provisioning, commands, PACE);
  }

  Workshop(
      DataSource database,
      Provisioning provisioning,
      RecordingCommands commands,
      ObserverPace pace) {
    Clock clock = Clock.systemUTC();
    this.database = database;
    this.commands = commands;
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    this.scheduler =
        Scheduler.create(
                new TransactionAwareDataSourceProxy(database),
                List.of(
                    new ProvisioningCallTask(provisioning, commands.statuses(), commands, clock)
                        .task(),
                    new ClusterObserver(provisioning, commands.statuses(), commands, clock, pace)
                        .task(),
                    new LastLookTask(provisioning, commands.statuses(), commands, clock, pace)
                        .task()))
            .tableName("eventstore.scheduled_task")
            .serializer(new TaskDataSerializer())
            .threads(8)
            .pollingInterval(Duration.ofMillis(20))
            .pollUsingLockAndFetch(0.5, 2)
            .heartbeatInterval(Duration.ofMillis(100))
            .missedHeartbeatsLimit(4)
            .build();
    this.reactor =
        new AnnotationEventHandlerAdapter(
            new ProvisioningReactor(
                scheduler, clock, pace, scheduler::triggerCheckForDueExecutions));
    this.hints =
        new ObservationHints(
            provisioning, scheduler, clock, scheduler::triggerCheckForDueExecutions);
  }

  /** Has an event handled in a transaction, as a processor would. */
  EventMessage<?> happens(DomainEvent event) {
    EventMessage<?> message = new GenericEventMessage<>(event, MetaData.from(ORIGIN.toMetadata()));
    transaction.executeWithoutResult(_ -> handle(message));
    return message;
  }

  /** Has an event handled in a transaction that comes to nothing. */
  void almostHappens(DomainEvent event) {
    transaction.executeWithoutResult(
        status -> {
          handle(new GenericEventMessage<>(event, MetaData.from(ORIGIN.toMetadata())));
          status.setRollbackOnly();
        });
  }

  void handle(EventMessage<?> message) {
    DefaultUnitOfWork.startAndGet(message).execute(() -> handled(message));
  }

  private void handled(EventMessage<?> message) {
    try {
      reactor.handle(message);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  int tasks(String name) {
    Integer count =
        new JdbcTemplate(database)
            .queryForObject(
                "select count(*) from eventstore.scheduled_task where task_name = ?",
                Integer.class,
                name);
    return count == null ? 0 : count;
  }

  List<SimulatorCall> calls(ClusterId cluster) {
    return new SimulatorCalls(database).list(cluster, 0, 1_000, _ -> true).calls();
  }

  int effects(ClusterId cluster) {
    return calls(cluster).stream().mapToInt(SimulatorCall::effects).sum();
  }

  static Simulator simulator(DataSource database) {
    return new Simulator(database, Clock.systemUTC());
  }

  @Override
  public void close() {
    hints.close();
    scheduler.stop();
  }
}
