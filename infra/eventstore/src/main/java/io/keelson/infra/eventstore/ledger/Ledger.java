package io.keelson.infra.eventstore.ledger;

import io.keelson.commands.log.EventLog;
import io.keelson.commands.log.LogEntry;
import io.keelson.infra.eventstore.codec.EventCodec;
import io.keelson.infra.eventstore.connection.DedicatedConnection;
import io.keelson.infra.eventstore.tail.Tail;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Gives every event its position in the log: without gaps, in the order of the tail, and once. Each
 * instance does this whenever the tail moves, and a row lock in the database admits one at a time.
 * So no instance is elected, and no failure of one has to be detected.
 */
public final class Ledger implements EventLog, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
  private static final Duration MAX_POLL_INTERVAL = Duration.ofMillis(200);
  private static final int BATCH = 5_000;

  private final Tail tail;
  private final DataSource readers;
  private final LedgerTable table;
  private final DedicatedConnection connection;
  private final Semaphore requests = new Semaphore(0);
  private final Runnable follower = requests::release;
  private final Set<Runnable> watchers = new CopyOnWriteArraySet<>();
  private final Thread writer;
  private volatile long head;
  private volatile boolean closed;

  private Ledger(Tail tail, DataSource connections, DataSource readers, Clock clock) {
    this.tail = tail;
    this.readers = readers;
    this.table = new LedgerTable(new EventCodec());
    this.connection = new DedicatedConnection("event ledger", connections, clock);
    this.writer = Thread.ofPlatform().daemon().name("eventstore-ledger").unstarted(this::run);
  }

  /**
   * Starts to give positions; the database may become available later.
   *
   * @param connections gives one connection that is never returned: not a pool
   * @param readers gives one connection for each read
   */
  public static Ledger follow(Tail tail, DataSource connections, DataSource readers, Clock clock) {
    Ledger ledger = new Ledger(tail, connections, readers, clock);
    tail.add(ledger.follower);
    ledger.writer.start();
    return ledger;
  }

  private void run() {
    while (!closed) {
      try {
        requests.drainPermits();
        long before = head;
        connection.call(this::catchUp);
        if (head != before) {
          notifyWatchers();
        }
        requests.tryAcquire(MAX_POLL_INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
      } catch (SQLException | RuntimeException e) {
        backOff();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void backOff() {
    try {
      TimeUnit.NANOSECONDS.sleep(connection.backoff().toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  /**
   * Reads first, since giving positions costs a transaction, and another instance has mostly done
   * it already.
   */
  private Long catchUp(Connection opened) throws SQLException {
    long decided = tail.decided();
    LedgerTable.Head found = table.head(opened, decided);
    while (found.more() && !closed) {
      table.number(opened, decided, BATCH);
      found = table.head(opened, decided);
      if (found.more()) {
        head = found.logPosition();
        notifyWatchers(); // after each batch, since a long catch-up has many
      }
    }
    head = found.logPosition();
    return head;
  }

  private void notifyWatchers() {
    for (Runnable watcher : watchers) {
      try {
        watcher.run();
      } catch (RuntimeException e) {
        LOG.warn("a watcher of the event ledger failed", e);
      }
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.springframework.dao.DataAccessException when the database cannot be read
   */
  @Override
  public List<LogEntry> after(long position, int limit) {
    return read(opened -> table.after(opened, position, limit));
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.springframework.dao.DataAccessException when the database cannot be read
   */
  @Override
  public List<LogEntry> at(Collection<Long> positions) {
    return positions.isEmpty() ? List.of() : read(opened -> table.at(opened, positions));
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.springframework.dao.DataAccessException when the database cannot be read
   */
  @Override
  public long head() {
    return read(opened -> table.head(opened, 0).logPosition());
  }

  private <T> T read(DedicatedConnection.Work<T> work) {
    try (Connection reader = readers.getConnection()) {
      return work.with(reader);
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException("the event log cannot be read", e);
    }
  }

  @Override
  public AutoCloseable watch(Runnable hint) {
    // A new object for each call, so that closing it ends the hints of this watcher only.
    Runnable own = () -> hint.run();
    watchers.add(own);
    return () -> watchers.remove(own);
  }

  LedgerTable table() {
    return table;
  }

  @Override
  public void close() {
    closed = true;
    tail.remove(follower);
    writer.interrupt();
    connection.close();
    try {
      writer.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
