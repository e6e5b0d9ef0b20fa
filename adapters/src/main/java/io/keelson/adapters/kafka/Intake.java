package io.keelson.adapters.kafka;

import io.keelson.adapters.kafka.ConditionReports.ConditionData;
import io.keelson.adapters.kafka.IntakeRules.Allowance;
import io.keelson.adapters.kafka.IntakeTables.Outcome;
import io.keelson.adapters.kafka.Unacceptable.Reason;
import io.keelson.commands.Command;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.Commands;
import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.commands.JointCommands;
import io.keelson.commands.NodeId;
import io.keelson.commands.Origin;
import io.keelson.commands.node.NodeCommand.RecordNodeCondition;
import io.keelson.commands.node.NodeEvent.NodeConditionReportedLate;
import io.keelson.projections.status.KnownNodes;
import io.keelson.projections.status.KnownNodes.KnownNode;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Processes one record. The effect, the receipt and the next offset are written in one transaction,
 * so a record has its effect exactly once, even if an instance is killed. A record that can never
 * be processed goes to quarantine with its reason. A record that fails for a transient reason is
 * left for a later attempt.
 */
final class Intake {

  private final JointCommands commands;
  private final KnownNodes nodes;
  private final IntakeTables tables;
  private final TransactionTemplate transaction;
  private final TopicNames names;
  private final IntakeRules rules;
  private final Clock clock;

  Intake(
      JointCommands commands,
      KnownNodes nodes,
      DataSource database,
      TopicNames names,
      IntakeRules rules,
      Clock clock) {
    this.commands = commands;
    this.nodes = nodes;
    this.tables = new IntakeTables(database);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    this.names = names;
    this.rules = rules;
    this.clock = clock;
  }

  /** The record may succeed later; nothing has been written. */
  static final class RetryLater extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private RetryLater(RuntimeException cause) {
      super(cause.getMessage(), cause, false, false);
    }
  }

  /** Rolls back the effect: the event turned out to have been processed before. */
  private static final class Duplicate extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private Duplicate() {
      super("processed before", null, false, false);
    }
  }

  private record Delivery(
      ConsumerRecord<byte[], byte[]> record, String producer, PartitionLease lease, Instant at) {}

  /**
   * Processes a record.
   *
   * @throws RetryLater when the record must be processed again later
   * @throws IntakeTables.Fenced when another consumer has the lease
   */
  void take(ConsumerRecord<byte[], byte[]> record, PartitionLease lease) {
    try {
      process(delivery(record, lease));
    } catch (RuntimeException e) {
      throw isTransient(e) ? new RetryLater(e) : e;
    }
  }

  /** Puts a record that has failed too often into quarantine. */
  void giveUp(
      ConsumerRecord<byte[], byte[]> record, PartitionLease lease, RuntimeException failure) {
    try {
      Unacceptable why = new Unacceptable(Reason.FAILED, failure.toString());
      quarantine(delivery(record, lease), null, why);
    } catch (RuntimeException e) {
      throw isTransient(e) ? new RetryLater(e) : e;
    }
  }

  private Delivery delivery(ConsumerRecord<byte[], byte[]> record, PartitionLease lease) {
    return new Delivery(record, names.producerOf(record.topic()), lease, clock.instant());
  }

  private void process(Delivery delivery) {
    IntakeEvent event = null;
    boolean trusted = false;
    try {
      event = CloudEventReader.read(delivery.record().headers(), delivery.record().value());
      Allowance allowance = rules.of(delivery.producer());
      trusted = allowance.source(event.source());
      if (!trusted) {
        throw foreign(delivery, "source " + event.source());
      }
      if (tables.isProcessed(event.source(), event.id())) {
        recordDuplicate(delivery, event);
        return;
      }
      apply(delivery, event, command(delivery, event, allowance));
    } catch (Unacceptable e) {
      // An event with a foreign source gets no receipt: the receipt would make the owner's event a
      // duplicate.
      quarantine(delivery, trusted ? event : null, e);
    }
  }

  private Command command(Delivery delivery, IntakeEvent event, Allowance allowance)
      throws Unacceptable {
    if (!allowance.type(event.type())) {
      throw foreign(delivery, "type " + event.type());
    }
    if (!event.type().equals(ConditionReports.TYPE)) {
      throw new Unacceptable(Reason.UNKNOWN_TYPE, event.type() + " has no handler");
    }
    ConditionData data = ConditionReports.read(event.data());
    return new RecordNodeCondition(
        node(delivery, data, allowance),
        data.condition(),
        data.status(),
        data.since(),
        data.message(),
        event.report());
  }

  private NodeId node(Delivery delivery, ConditionData data, Allowance allowance)
      throws Unacceptable {
    if (data.node() != null && allowance.allOrganizations()) {
      return data.node(); // The node's own stream decides whether the node exists.
    }
    String name = data.node() == null ? String.valueOf(data.providerId()) : data.node().toString();
    Optional<KnownNode> known = data.node() == null ? nodes.node(name) : nodes.node(data.node());
    KnownNode node =
        known.orElseThrow(
            () -> new Unacceptable(Reason.UNKNOWN_SUBJECT, "node " + name + " does not exist"));
    if (!allowance.organization(node.organization().toString())) {
      throw foreign(delivery, "the organization of node " + node.node());
    }
    return node.node();
  }

  private static Unacceptable foreign(Delivery delivery, String what) {
    return new Unacceptable(
        Reason.FOREIGN,
        "producer %s is not authorized for %s".formatted(delivery.producer(), what));
  }

  private void apply(Delivery delivery, IntakeEvent event, Command command) throws Unacceptable {
    Origin origin =
        Origin.reported(
            "producer:" + delivery.producer(),
            new Origin.Cause(event.source(), event.id()),
            occurred(delivery, event),
            event.traceparent());
    try {
      commands.send(command, origin, receipt -> saveReceipt(delivery, event, receipt));
    } catch (Duplicate e) {
      recordDuplicate(delivery, event);
    } catch (CommandRejected e) {
      if (e.reason() == CommandRejected.Reason.BUSY) {
        throw e;
      }
      boolean unknown = e.reason() == CommandRejected.Reason.NOT_FOUND;
      throw new Unacceptable(unknown ? Reason.UNKNOWN_SUBJECT : Reason.REFUSED, detail(e));
    }
  }

  /** The time that the producer states; without one, the time at which the record was sent. */
  private static Instant occurred(Delivery delivery, IntakeEvent event) {
    if (event.time() != null) {
      return event.time();
    }
    long sent = delivery.record().timestamp();
    return sent > 0 ? Instant.ofEpochMilli(sent) : delivery.at();
  }

  private static String detail(Exception e) {
    return String.valueOf(e.getMessage());
  }

  private void saveReceipt(Delivery delivery, IntakeEvent event, Commands.Receipt receipt) {
    boolean late =
        receipt.events().isEmpty()
            || receipt.events().stream().anyMatch(NodeConditionReportedLate.class::isInstance);
    tables.advance(delivery.lease(), delivery.record().offset() + 1);
    boolean first =
        tables.saveReceipt(
            delivery.record(),
            delivery.producer(),
            event,
            new IntakeTables.Receipt(
                late ? Outcome.LATE : Outcome.APPLIED,
                receipt.stream().value(),
                receipt.version(),
                null),
            delivery.at());
    if (!first) {
      throw new Duplicate();
    }
  }

  private void recordDuplicate(Delivery delivery, IntakeEvent event) {
    transaction.executeWithoutResult(
        _ -> {
          tables.advance(delivery.lease(), delivery.record().offset() + 1);
          tables.saveDuplicate(delivery.record(), delivery.producer(), event, delivery.at());
        });
  }

  private void quarantine(Delivery delivery, @Nullable IntakeEvent event, Unacceptable why) {
    UUID id = UUID.randomUUID();
    transaction.executeWithoutResult(
        _ -> {
          tables.advance(delivery.lease(), delivery.record().offset() + 1);
          tables.quarantine(
              id,
              delivery.record(),
              delivery.producer(),
              event,
              why.reason(),
              detail(why),
              delivery.at());
          if (event != null) {
            tables.saveReceipt(
                delivery.record(),
                delivery.producer(),
                event,
                new IntakeTables.Receipt(Outcome.QUARANTINED, null, null, id),
                delivery.at());
          }
        });
  }

  /**
   * Whether the failure is one of the database connection, or of concurrent access, and may pass.
   */
  private static boolean isTransient(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof StoreUnavailable
          || e instanceof TransientDataAccessException
          || e instanceof DataAccessResourceFailureException
          || e instanceof RecoverableDataAccessException
          || e instanceof TransactionException
          || (e instanceof CommandRejected rejected
              && rejected.reason() == CommandRejected.Reason.BUSY)) {
        return true;
      }
    }
    return false;
  }
}
