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
 * Takes one record: its effect, its receipt and the place in its partition are one transaction, so
 * that it is taken once, whatever is killed when. What cannot be taken is kept with its reason;
 * only what cannot be taken now is left where it is.
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

  /** It may well be taken later; nothing has changed. */
  static final class NotNow extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private NotNow(RuntimeException cause) {
      super(cause.getMessage(), cause, false, false);
    }
  }

  /** Undoes an effect, as the event turned out to have had it before. */
  private static final class Repeated extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private Repeated() {
      super("known already", null, false, false);
    }
  }

  private record Delivery(
      ConsumerRecord<byte[], byte[]> record, String producer, PartitionLease claim, Instant at) {}

  /**
   * Takes a record.
   *
   * @throws NotNow when it has to be tried again
   * @throws IntakeTables.Fenced when the partition has been claimed by another
   */
  void take(ConsumerRecord<byte[], byte[]> record, PartitionLease claim) {
    try {
      taken(delivery(record, claim));
    } catch (RuntimeException e) {
      throw isPassing(e) ? new NotNow(e) : e;
    }
  }

  /** Keeps a record that has failed too often. */
  void giveUp(
      ConsumerRecord<byte[], byte[]> record, PartitionLease claim, RuntimeException failure) {
    try {
      Unacceptable why = new Unacceptable(Reason.FAILED, failure.toString());
      park(delivery(record, claim), null, why);
    } catch (RuntimeException e) {
      throw isPassing(e) ? new NotNow(e) : e;
    }
  }

  private Delivery delivery(ConsumerRecord<byte[], byte[]> record, PartitionLease claim) {
    return new Delivery(record, names.producerOf(record.topic()), claim, clock.instant());
  }

  private void taken(Delivery delivery) {
    IntakeEvent event = null;
    boolean trusted = false;
    try {
      event = CloudEventReader.read(delivery.record().headers(), delivery.record().value());
      Allowance allowance = rules.of(delivery.producer());
      trusted = allowance.source(event.source());
      if (!trusted) {
        throw foreign(delivery, "source " + event.source());
      }
      if (tables.knows(event.source(), event.id())) {
        repeated(delivery, event);
        return;
      }
      apply(delivery, event, command(delivery, event, allowance));
    } catch (Unacceptable e) {
      // Under a source that is not its own a producer leaves no receipt: it would take the owner's.
      park(delivery, trusted ? event : null, e);
    }
  }

  private Command command(Delivery delivery, IntakeEvent event, Allowance allowance)
      throws Unacceptable {
    if (!allowance.type(event.type())) {
      throw foreign(delivery, "type " + event.type());
    }
    if (!event.type().equals(ConditionReports.TYPE)) {
      throw new Unacceptable(Reason.UNKNOWN_TYPE, event.type() + " is taken by nobody");
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
    if (data.node() != null && allowance.everybody()) {
      return data.node(); // which itself knows best whether it is there
    }
    String name = data.node() == null ? String.valueOf(data.providerId()) : data.node().toString();
    Optional<KnownNode> known = data.node() == null ? nodes.node(name) : nodes.node(data.node());
    KnownNode node =
        known.orElseThrow(
            () -> new Unacceptable(Reason.UNKNOWN_SUBJECT, "there is no node " + name));
    if (!allowance.organization(node.organization().toString())) {
      throw foreign(delivery, "the organization of node " + node.node());
    }
    return node.node();
  }

  private static Unacceptable foreign(Delivery delivery, String what) {
    return new Unacceptable(
        Reason.FOREIGN, "producer %s may not speak for %s".formatted(delivery.producer(), what));
  }

  private void apply(Delivery delivery, IntakeEvent event, Command command) throws Unacceptable {
    Origin origin =
        Origin.reported(
            "producer:" + delivery.producer(),
            new Origin.Cause(event.source(), event.id()),
            occurred(delivery, event),
            event.traceparent());
    try {
      commands.send(command, origin, receipt -> keep(delivery, event, receipt));
    } catch (Repeated e) {
      repeated(delivery, event);
    } catch (CommandRejected e) {
      if (e.reason() == CommandRejected.Reason.BUSY) {
        throw e;
      }
      boolean unknown = e.reason() == CommandRejected.Reason.NOT_FOUND;
      throw new Unacceptable(unknown ? Reason.UNKNOWN_SUBJECT : Reason.REFUSED, detail(e));
    }
  }

  /** By the producer's word, else when it was sent. */
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

  private void keep(Delivery delivery, IntakeEvent event, Commands.Receipt receipt) {
    boolean late =
        receipt.events().isEmpty()
            || receipt.events().stream().anyMatch(NodeConditionReportedLate.class::isInstance);
    tables.advance(delivery.claim(), delivery.record().offset() + 1);
    boolean first =
        tables.keep(
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
      throw new Repeated();
    }
  }

  private void repeated(Delivery delivery, IntakeEvent event) {
    transaction.executeWithoutResult(
        _ -> {
          tables.advance(delivery.claim(), delivery.record().offset() + 1);
          tables.keepDuplicate(delivery.record(), delivery.producer(), event, delivery.at());
        });
  }

  private void park(Delivery delivery, @Nullable IntakeEvent event, Unacceptable why) {
    UUID id = UUID.randomUUID();
    transaction.executeWithoutResult(
        _ -> {
          tables.advance(delivery.claim(), delivery.record().offset() + 1);
          tables.quarantine(
              id,
              delivery.record(),
              delivery.producer(),
              event,
              why.reason(),
              detail(why),
              delivery.at());
          if (event != null) {
            tables.keep(
                delivery.record(),
                delivery.producer(),
                event,
                new IntakeTables.Receipt(Outcome.QUARANTINED, null, null, id),
                delivery.at());
          }
        });
  }

  /** Whether it lies with the way to the database, or with the moment. */
  private static boolean isPassing(Throwable failure) {
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
