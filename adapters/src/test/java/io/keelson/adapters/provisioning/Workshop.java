package io.keelson.adapters.provisioning;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.Origin;
import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
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

/** One instance: the reactor with its tasks and a scheduler, wired as an application would. */
final class Workshop implements AutoCloseable {

  static final Origin ORIGIN =
      Origin.request(
          "SCWAAAAAAAAAAAAAAAAA",
          new UUID(7, 7),
          new Origin.Call(
              "CreateCluster",
              SecretRef.of(SecretSubject.principal("SCW"), "AAAAAAAAAAAAAAAAAAAAAA")),
          null);

  final Scheduler scheduler;

  private final DataSource database;
  private final TransactionTemplate transaction;
  private final AnnotationEventHandlerAdapter reactor;

  Workshop(
      DataSource database,
      ScriptedProvisioning provisioning,
      MemorySecrets secrets,
      RecordingCommands commands) {
    this(database, provisioning, secrets, commands, Clock.systemUTC(), Duration.ofSeconds(30));
  }

  Workshop(
      DataSource database,
      ScriptedProvisioning provisioning,
      MemorySecrets secrets,
      RecordingCommands commands,
      Clock clock,
      Duration session) {
    this.database = database;
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    ObservationFeed feed = new ObservationFeed(provisioning, commands, database, clock, session);
    ProvisioningCallTask calls =
        new ProvisioningCallTask(
            provisioning, secrets, commands, database, Clock.systemUTC(), feed::hinted);
    this.scheduler =
        Scheduler.create(new TransactionAwareDataSourceProxy(database), List.of(calls.task()))
            .startTasks(feed.task())
            .tableName("eventstore.scheduled_task")
            .serializer(new TaskDataSerializer())
            .threads(8)
            .pollingInterval(Duration.ofMillis(20))
            .pollUsingLockAndFetch(0.5, 2)
            .heartbeatInterval(Duration.ofMillis(250))
            .missedHeartbeatsLimit(4)
            .shutdownMaxWait(Duration.ofMillis(500))
            .build();
    this.reactor =
        new AnnotationEventHandlerAdapter(
            new ProvisioningReactor(
                scheduler,
                database,
                Clock.systemUTC(),
                scheduler::triggerCheckForDueExecutions,
                feed::hinted));
  }

  /** Has events handled in one transaction, as a processor would. */
  EventMessage<?> happens(DomainEvent... events) {
    EventMessage<?> last = null;
    for (DomainEvent event : events) {
      EventMessage<?> message =
          new GenericEventMessage<>(event, MetaData.from(ORIGIN.toMetadata()));
      transaction.executeWithoutResult(_ -> handle(message));
      last = message;
    }
    if (last == null) {
      throw new IllegalArgumentException("no event");
    }
    return last;
  }

  /** Has an event handled in a transaction that is rolled back. */
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

  int calls() {
    return count("eventstore.scheduled_task where task_name = 'provisioning-call'");
  }

  int count(String from) {
    Integer count =
        new JdbcTemplate(database).queryForObject("select count(*) from " + from, Integer.class);
    return count == null ? 0 : count;
  }

  @Override
  public void close() {
    scheduler.stop();
  }
}
