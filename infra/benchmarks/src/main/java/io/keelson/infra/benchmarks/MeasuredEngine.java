package io.keelson.infra.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.keelson.commands.Commands;
import io.keelson.commands.NodeId;
import io.keelson.commands.node.NodeEvent;
import java.util.List;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** One instance of a program on a database, with the engine that is measured. */
interface MeasuredEngine extends AutoCloseable {

  /** Sends commands of nodes, each in a transaction of its own. */
  Commands commands();

  /** Appends the events in one transaction. */
  void append(NodeId stream, long firstVersion, List<? extends NodeEvent> events);

  EventStore store();

  TransactionManager axonTransactions();

  HikariDataSource pool();

  @Override
  void close();
}
