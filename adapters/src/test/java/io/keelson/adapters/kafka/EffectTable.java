package io.keelson.adapters.kafka;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Command;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.JointCommands;
import io.keelson.commands.NodeId;
import io.keelson.commands.Origin;
import io.keelson.commands.PoolId;
import io.keelson.commands.node.NodeCommand.RecordNodeCondition;
import io.keelson.commands.node.NodeEvent.NodeConditionReported;
import io.keelson.commands.node.NodeEvent.NodeConditionReportedLate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Commands whose effects are rows, in one transaction with what runs alongside. Every effect leaves
 * one, so that a second one would show.
 */
final class EffectTable implements JointCommands {

  static final NodeId NODE = new NodeId(new UUID(5, 1));

  private static final ClusterId CLUSTER = new ClusterId(new UUID(3, 1));
  private static final PoolId POOL = new PoolId(new UUID(4, 1));

  private final JdbcTemplate sql;
  private final TransactionTemplate transaction;
  private volatile Consumer<RecordNodeCondition> before = _ -> {};
  private volatile Consumer<RecordNodeCondition> after = _ -> {};

  EffectTable(DataSource database) {
    sql = new JdbcTemplate(database);
    transaction = new TransactionTemplate(new JdbcTransactionManager(database));
  }

  static void make(DataSource database) {
    new JdbcTemplate(database)
        .execute(
            """
            create table effect (
                number bigint generated always as identity,
                node uuid, id text, message text, principal text, cause text, traceparent text,
                occurred_at text)
            """);
  }

  /** Runs in the transaction, before anything is written. */
  EffectTable before(Consumer<RecordNodeCondition> trouble) {
    before = trouble;
    return this;
  }

  /** Runs after the commit and before the caller gets the result. */
  EffectTable after(Consumer<RecordNodeCondition> trouble) {
    after = trouble;
    return this;
  }

  @Override
  public Receipt send(Command command, Origin origin) {
    throw new AssertionError("nothing is sent without a receipt");
  }

  @Override
  public Receipt send(Command command, Origin origin, Consumer<Receipt> alongside) {
    RecordNodeCondition condition = (RecordNodeCondition) command;
    Receipt receipt =
        Objects.requireNonNull(transaction.execute(_ -> decided(condition, origin, alongside)));
    after.accept(condition);
    return receipt;
  }

  private Receipt decided(RecordNodeCondition c, Origin origin, Consumer<Receipt> alongside) {
    before.accept(c);
    if (!c.nodeId().equals(NODE)) {
      throw new CommandRejected(CommandRejected.Reason.NOT_FOUND, "no node " + c.nodeId());
    }
    sql.update(
        """
        insert into effect (node, id, message, principal, cause, traceparent, occurred_at)
        values (?, ?, ?, ?, ?, ?, ?)
        """,
        c.nodeId().value(),
        c.report().id(),
        c.message(),
        origin.principal(),
        origin.cause().source() + " " + origin.cause().id(),
        origin.traceparent(),
        String.valueOf(origin.occurredAt()));
    Receipt receipt = new Receipt(c.nodeId(), 7, List.of(event(c)));
    alongside.accept(receipt);
    return receipt;
  }

  private static DomainEvent event(RecordNodeCondition c) {
    return c.message().equals("late")
        ? new NodeConditionReportedLate(
            c.nodeId(), CLUSTER, POOL, c.condition(), c.status(), null, "", c.report())
        : new NodeConditionReported(
            c.nodeId(), CLUSTER, POOL, c.condition(), c.status(), null, "", c.report());
  }

  List<@Nullable String> ids() {
    return sql.queryForList("select id from effect order by number", String.class);
  }
}
