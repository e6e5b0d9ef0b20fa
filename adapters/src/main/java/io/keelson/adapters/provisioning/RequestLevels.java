package io.keelson.adapters.provisioning;

import io.keelson.commands.OperationId;
import io.keelson.commands.operation.RequestProgress;
import io.keelson.commands.operation.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far each open request has come: levels, of which only the newest is kept. */
final class RequestLevels {

  private final JdbcClient jdbc;

  RequestLevels(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /** The target looks different: its run has been notified of it. */
  void changed(String key, String fingerprint, String summary, Instant now) {
    jdbc.sql(
            """
            update provisioning.request set fingerprint = :fingerprint, summary = :summary,
              observed_at = :now, last_progress_at = :now
            where call_key = :key
            """)
        .param("key", key)
        .param("fingerprint", fingerprint)
        .param("summary", summary)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** The target was observed as before. */
  void unchanged(String key, Instant now) {
    jdbc.sql("update provisioning.request set observed_at = :now where call_key = :key")
        .param("key", key)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  Map<Target, RequestProgress> of(OperationId operation, Instant now) {
    Map<Target, RequestProgress> progress = new HashMap<>();
    jdbc.sql(
            """
            select target, acknowledged_at is not null as acknowledged, last_progress_at, summary
            from provisioning.request where operation_id = :operation
            """)
        .param("operation", operation.value())
        .query(
            row -> {
              Instant last = row.getObject("last_progress_at", OffsetDateTime.class).toInstant();
              Duration unchanged = Duration.between(last, now);
              progress.put(
                  Target.of(row.getString("target")),
                  new RequestProgress(
                      row.getBoolean("acknowledged"),
                      unchanged.isNegative() ? Duration.ZERO : unchanged,
                      row.getString("summary")));
            });
    return progress;
  }
}
