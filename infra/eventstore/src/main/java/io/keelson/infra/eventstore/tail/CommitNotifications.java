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
 * Notifies the tails of other instances of commits, and listens to their notifications. One
 * notification follows many commits and is sent outside their transactions, because PostgreSQL lets
 * only one notifying transaction commit at a time. A lost notification delays other instances until
 * their next poll; it loses no event.
 */
final class CommitNotifications implements AutoCloseable {

  private static final String CHANNEL = "keelson_events";
  private static final int LISTEN_MILLIS = 5_000;
  private static final Duration MIN_INTERVAL = Duration.ofMillis(5);

  private final String name = UUID.randomUUID().toString();
  private final Semaphore requests = new Semaphore(0);
  private final DedicatedConnection listening;
  private final DedicatedConnection sending;
  private final Runnable onCommit;
  private final Thread listener;
  private final Thread sender;
  private volatile boolean closed;

  CommitNotifications(DataSource dataSource, Clock clock, Runnable onCommit) {
    this.onCommit = onCommit;
    this.listening = new DedicatedConnection("event notifications (in)", dataSource, clock);
    this.sending = new DedicatedConnection("event notifications (out)", dataSource, clock);
    this.listener =
        Thread.ofPlatform().daemon().name("eventstore-listener").unstarted(this::runListener);
    this.sender =
        Thread.ofPlatform().daemon().name("eventstore-notifier").unstarted(this::runSender);
  }

  void start() {
    listener.start();
    sender.start();
  }

  /** Notifies the other instances soon; never blocks. */
  void send() {
    requests.release();
  }

  private void runSender() {
    while (!closed) {
      try {
        requests.acquire();
        requests.drainPermits();
        execute(sending, "notify %s, '%s'".formatted(CHANNEL, name));
        sleep(MIN_INTERVAL);
      } catch (SQLException | RuntimeException e) {
        sleep(sending.backoff());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void runListener() {
    boolean subscribed = false;
    while (!closed) {
      try {
        if (!subscribed) {
          execute(listening, "listen " + CHANNEL);
          subscribed = true;
          onCommit.run(); // notifications that came before are lost
        }
        PGNotification[] notifications =
            listening.call(
                connection ->
                    connection.unwrap(PGConnection.class).getNotifications(LISTEN_MILLIS));
        if (notifications.length == 0) {
          execute(listening, "select 1"); // finds out whether the connection still works
        } else if (fromOthers(notifications)) {
          onCommit.run();
        }
      } catch (SQLException | RuntimeException e) {
        subscribed = false;
        onCommit.run(); // the loss of a server shows here first
        sleep(listening.backoff());
      }
    }
  }

  private static void execute(DedicatedConnection connection, String statement)
      throws SQLException {
    connection.call(
        opened -> {
          try (Statement sql = opened.createStatement()) {
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

  private void sleep(Duration duration) {
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
    sender.interrupt();
    listener.interrupt();
    sending.close();
    listening.close();
    for (Thread thread : new Thread[] {listener, sender}) {
      try {
        thread.join(TimeUnit.SECONDS.toMillis(2));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
