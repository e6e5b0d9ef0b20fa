package io.keelson.infra.eventstore.tail;

import io.keelson.infra.eventstore.codec.EventCodec;
import io.keelson.infra.eventstore.reservation.NameReservations;
import io.keelson.infra.eventstore.store.PostgresEventStorageEngine;
import io.keelson.infra.eventstore.store.PostgresEventStore;
import java.time.Clock;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/**
 * Our reader, and three that lose events: each is a mistake that is likely to be proposed again.
 */
final class Readers {

  private static final String UP_TO =
      "select position, id from eventstore.event where position > ? and position <= ? order by"
          + " position";

  private Readers() {}

  /** Reads every visible event after the last position that it saw. */
  static final class Naive extends Reader {

    private long last;

    Naive(DataSource database) {
      super("position > last", database);
    }

    @Override
    void poll() {
      jdbc()
          .query(
              UP_TO,
              row -> {
                last = row.getLong("position");
                saw(last, row.getString("id"));
              },
              last,
              Long.MAX_VALUE);
    }
  }

  /**
   * The right watermark with one mistake: the newest visible transaction id instead of an own id.
   */
  static final class NewestIdWatermark extends Reader {

    private long last;

    NewestIdWatermark(DataSource database) {
      super("watermark of pg_snapshot_xmax", database);
    }

    @Override
    void poll() {
      long lastValue = number("select last_value from eventstore.event_position");
      long newest = number("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint");
      while (number("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint") < newest) {
        LockSupport.parkNanos(500_000);
      }
      jdbc()
          .query(
              UP_TO,
              row -> {
                saw(row.getLong("position"), row.getString("id"));
              },
              last,
              lastValue);
      last = lastValue;
    }

    private long number(String query) {
      Long number = jdbc().queryForObject(query, Long.class);
      return number == null ? 0 : number;
    }
  }

  /** Axon's own engine, with its default configuration. */
  static final class Stock extends Reader {

    private final JdbcEventStorageEngine engine;
    private @Nullable TrackingToken token;

    Stock(DataSource database) {
      super("Axon's JdbcEventStorageEngine", database);
      this.engine = engine(connection());
    }

    static JdbcEventStorageEngine engine(DataSource database) {
      Serializer json = Jackson3Serializer.builder().build();
      TransactionManager transactions =
          new SpringTransactionManager(new DataSourceTransactionManager(database));
      return JdbcEventStorageEngine.builder()
          .connectionProvider(new SpringDataSourceConnectionProvider(database))
          .transactionManager(transactions)
          .eventSerializer(json)
          .snapshotSerializer(json)
          .build();
    }

    static void createTable(DataSource database) {
      engine(database).createSchema(PostgresEventTableFactory.INSTANCE);
    }

    @Override
    void poll() {
      try (Stream<? extends TrackedEventMessage<?>> events = engine.readEvents(token, false)) {
        Iterator<? extends TrackedEventMessage<?>> all = events.iterator();
        while (all.hasNext()) {
          TrackedEventMessage<?> event = all.next();
          token = event.trackingToken();
          saw(((GapAwareTrackingToken) token).getIndex(), event.getIdentifier());
        }
      }
    }
  }

  /** The reader of the application. */
  static final class Ours extends Reader {

    private final BlockingStream<TrackedEventMessage<?>> stream;

    Ours(DataSource database, Tail tail) {
      super("keelson", database);
      PostgresEventStorageEngine engine =
          new PostgresEventStorageEngine(
              connection(), new EventCodec(), NameReservations.NONE, tail);
      PostgresEventStore store = new PostgresEventStore(engine, tail, Clock.systemUTC());
      this.stream = store.openStream(store.createTailToken());
    }

    @Override
    void poll() throws InterruptedException {
      while (stream.hasNextAvailable(10, TimeUnit.MILLISECONDS)) {
        TrackedEventMessage<?> event = stream.nextAvailable();
        saw(event.trackingToken().position().orElseThrow(), event.getIdentifier());
      }
    }
  }
}
