package io.keelson.infra.eventstore.tail;

import io.keelson.infra.eventstore.TestStore;
import io.keelson.infra.eventstore.codec.EventCodec;
import io.keelson.infra.eventstore.reservation.NameReservations;
import io.keelson.infra.eventstore.store.PostgresEventStorageEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Appends the same events to our table and to Axon's in one transaction, on one connection. The
 * messages are some minutes old, as in an import.
 */
final class Writer implements AutoCloseable {

  private static final Duration AGE = Duration.ofMinutes(5);

  private final SingleConnectionDataSource connection;
  private final TransactionTemplate transaction;
  private final PostgresEventStorageEngine ours;
  private final JdbcEventStorageEngine stock;

  Writer(DataSource database, Tail tail) {
    this.connection = Reader.connectionTo(database);
    this.transaction = new TransactionTemplate(new DataSourceTransactionManager(connection));
    this.ours =
        new PostgresEventStorageEngine(connection, new EventCodec(), NameReservations.NONE, tail);
    this.stock = Readers.Stock.engine(connection);
  }

  /**
   * Appends events of new streams.
   *
   * @param meanwhile runs between the appends and the end of the transaction
   * @return the ids of the events
   */
  List<String> write(int count, boolean commit, Runnable meanwhile) {
    Instant old = Instant.now().minus(AGE); // the real clock, so that Axon's engine sees the age
    List<DomainEventMessage<?>> messages = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      UUID stream = UUID.randomUUID();
      String id = UUID.randomUUID().toString();
      ids.add(id);
      messages.add(
          new GenericDomainEventMessage<>(
              "Node", stream.toString(), 0, TestStore.event(stream), Map.of(), id, old));
    }
    transaction.executeWithoutResult(
        status -> {
          ours.appendEvents(messages);
          stock.appendEvents(messages);
          meanwhile.run();
          if (!commit) {
            status.setRollbackOnly();
          }
        });
    return ids;
  }

  @Override
  public void close() {
    connection.destroy();
  }
}
