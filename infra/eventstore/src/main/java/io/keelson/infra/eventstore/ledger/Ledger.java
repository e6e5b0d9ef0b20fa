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
 * Gives every event its place in the log: without gaps, in the order of the tail, never twice. Each
 * instance does so whenever the tail moves, and the database lets one at a time; so there is none
 * that has to be elected, and none whose end would have to be noticed.
 */
public final class Ledger implements EventLog, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
  private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofMillis(200);
  private static final int BATCH = 5_000;

  private final Tail tail;
  private final DataSource readers;
  private final LedgerTable table;
  private final DedicatedConnection link;
  private final Semaphore wanted = new Semaphore(0);
  private final Runnable follower = wanted::release;
  private final Set<Runnable> watchers = new CopyOnWriteArraySet<>();
  private final Thread writer;
  private volatile long head;
  private volatile boolean closed;

  private Ledger(Tail tail, DataSource connections, DataSource readers, Clock clock) {
    this.tail = tail;
    this.readers = readers;
    this.table = new LedgerTable(new EventCodec());
    this.link = new DedicatedConnection("event ledger", connections, clock);
    this.writer = Thread.ofPlatform().daemon().name("eventstore-ledger").unstarted(this::run);
  }

  /**
   * Starts to give places; the database may come later.
   *
   * @param connections gives one connection for good: not a pool
   * @param readers gives one for each reading
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
        wanted.drainPermits();
        long before = head;
        link.call(this::catchUp);
        if (head != before) {
          tell();
        }
        wanted.tryAcquire(LOOK_AT_LEAST_EVERY.toNanos(), TimeUnit.NANOSECONDS);
      } catch (SQLException | RuntimeException e) {
        pause();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(link.pause().toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  /** Read first, since giving places costs a transaction, and most looks find that another did. */
  private Long catchUp(Connection connection) throws SQLException {
    long decided = tail.decided();
    LedgerTable.Head found = table.head(connection, decided);
    while (found.more() && !closed) {
      table.number(connection, decided, BATCH);
      found = table.head(connection, decided);
      if (found.more()) {
        head = found.logPosition();
        tell(); // a long way to go: others need not wait for all of it
      }
    }
    head = found.logPosition();
    return head;
  }

  private void tell() {
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
   * @throws org.springframework.dao.DataAccessException when the database does not answer
   */
  @Override
  public List<LogEntry> after(long position, int limit) {
    return read(connection -> table.after(connection, position, limit));
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.springframework.dao.DataAccessException when the database does not answer
   */
  @Override
  public List<LogEntry> at(Collection<Long> positions) {
    return positions.isEmpty() ? List.of() : read(connection -> table.at(connection, positions));
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.springframework.dao.DataAccessException when the database does not answer
   */
  @Override
  public long head() {
    return read(connection -> table.head(connection, 0).logPosition());
  }

  private <T> T read(DedicatedConnection.Work<T> work) {
    try (Connection connection = readers.getConnection()) {
      return work.with(connection);
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException("the event log cannot be read", e);
    }
  }

  @Override
  public AutoCloseable watch(Runnable hint) {
    // One each time, so that closing it ends only this one's hints.
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
    link.close();
    try {
      writer.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
