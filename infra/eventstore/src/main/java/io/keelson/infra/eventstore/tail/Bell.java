package io.keelson.infra.eventstore.tail;

import io.keelson.infra.eventstore.connection.DedicatedConnection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Tells the tails of other instances that something was committed, and hears it from them. It rings
 * after the commit and outside its transaction, many commits at once, since PostgreSQL lets only
 * one notifying transaction commit at a time. A lost ring costs a little time and nothing else.
 */
final class Bell implements AutoCloseable {

  private static final String CHANNEL = "keelson_events";
  private static final int LISTEN_MILLIS = 5_000;
  private static final Duration BETWEEN_RINGS = Duration.ofMillis(5);

  private final String name = UUID.randomUUID().toString();
  private final Semaphore rung = new Semaphore(0);
  private final DedicatedConnection hearing;
  private final DedicatedConnection ringing;
  private final Runnable heard;
  private final Thread hearer;
  private final Thread ringer;
  private volatile boolean closed;

  Bell(DataSource dataSource, Clock clock, Runnable heard) {
    this.heard = heard;
    this.hearing = new DedicatedConnection("event notifications (in)", dataSource, clock);
    this.ringing = new DedicatedConnection("event notifications (out)", dataSource, clock);
    this.hearer = Thread.ofPlatform().daemon().name("eventstore-hearer").unstarted(this::hear);
    this.ringer = Thread.ofPlatform().daemon().name("eventstore-ringer").unstarted(this::ring);
  }

  void start() {
    hearer.start();
    ringer.start();
  }

  /** Others should look; never blocks. */
  void pull() {
    rung.release();
  }

  private void ring() {
    while (!closed) {
      try {
        rung.acquire();
        rung.drainPermits();
        execute(ringing, "notify %s, '%s'".formatted(CHANNEL, name));
        pause(BETWEEN_RINGS);
      } catch (SQLException | RuntimeException e) {
        pause(ringing.pause());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void hear() {
    boolean listening = false;
    while (!closed) {
      try {
        if (!listening) {
          execute(hearing, "listen " + CHANNEL);
          listening = true;
          heard.run(); // what was rung meanwhile is not kept for us
        }
        PGNotification[] notifications =
            hearing.call(
                connection ->
                    connection.unwrap(PGConnection.class).getNotifications(LISTEN_MILLIS));
        if (notifications.length == 0) {
          execute(hearing, "select 1"); // a line that went dead says nothing by itself
        } else if (fromOthers(notifications)) {
          heard.run();
        }
      } catch (SQLException | RuntimeException e) {
        listening = false;
        heard.run(); // a server that went away is noticed here first
        pause(hearing.pause());
      }
    }
  }

  private static void execute(DedicatedConnection link, String statement) throws SQLException {
    link.call(
        connection -> {
          try (Statement sql = connection.createStatement()) {
            return sql.execute(statement);
          }
        });
  }

  private boolean fromOthers(PGNotification[] notifications) {
    for (PGNotification notification : notifications) {
      if (!notification.getParameter().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private void pause(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    ringer.interrupt();
    hearer.interrupt();
    ringing.close();
    hearing.close();
    for (Thread thread : new Thread[] {hearer, ringer}) {
      try {
        thread.join(TimeUnit.SECONDS.toMillis(2));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
