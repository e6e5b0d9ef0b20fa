package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Id;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.release.ReleaseId;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far the rows have come that are folded from one stream. */
final class StreamVersions {

  private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(2).toNanos();
  private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  private final JdbcClient sql;

  StreamVersions(DataSource database) {
    sql = JdbcClient.create(database);
  }

  /**
   * Looks again and again, with growing pauses: the rows may be written by another instance, which
   * can tell this one only through the database, and one look is a primary key's. A connection that
   * listens for each waiting caller would cost more than the few looks that the usual lag of
   * milliseconds takes. No connection is held in a pause.
   *
   * @return false when the time was up, or the thread was interrupted, first
   */
  boolean reached(Id stream, long version, Duration atMost) {
    if (version < 0) {
      return true; // an empty stream has no rows to wait for
    }
    String query = "select version from readmodel." + table(stream) + " where id = :id";
    long start = System.nanoTime();
    long pause = FIRST_PAUSE_NANOS;
    while (current(query, stream) < version) {
      long left = atMost.toNanos() - (System.nanoTime() - start);
      if (left <= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(Math.min(pause, left));
      pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
    }
    return true;
  }

  private long current(String query, Id stream) {
    return sql.sql(query).param("id", stream.value()).query(Long.class).optional().orElse(-1L);
  }

  private static String table(Id stream) {
    return switch (stream) {
      case ClusterId _ -> "cluster";
      case NodeId _ -> "node";
      case OperationId _ -> "operation";
      case ReleaseId _ -> "release";
      case OrganizationId _ -> "organization";
      // Open on purpose: other subjects have streams too, and no rows.
      default -> throw new IllegalArgumentException("no rows are folded from " + stream.getClass());
    };
  }
}
