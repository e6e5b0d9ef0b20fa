package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Id;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.release.ReleaseId;
import io.keelson.projections.Waiting;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The versions that the rows of a stream have reached. */
final class StreamVersions {

  private final JdbcClient sql;

  StreamVersions(DataSource database) {
    sql = JdbcClient.create(database);
  }

  /**
   * Waits for the rows of a stream; one check reads one primary key.
   *
   * @return false if the timeout, or an interrupt of the thread, came first
   */
  boolean reached(Id stream, long version, Duration timeout) {
    if (version < 0) {
      return true; // an empty stream has no rows to wait for
    }
    String query = "select version from readmodel." + table(stream) + " where id = :id";
    return Waiting.until(() -> current(query, stream) >= version, timeout);
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
      // Open on purpose: other subjects have streams, but no rows here.
      default -> throw new IllegalArgumentException("no rows are folded from " + stream.getClass());
    };
  }
}
