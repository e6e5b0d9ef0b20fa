package io.keelson.adapters.provisioning;

import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.Result;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The open requests and what came of their calls. It takes part in the caller's transaction. */
final class RequestTable {

  private static final String SELECT =
      """
      select kind, request, event_id, origin, result, reported, failures, fingerprint
      from provisioning.request
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json = JsonMapper.builder().build();

  RequestTable(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /**
   * Opens a request, and replaces an earlier one of the same run and target. The same request again
   * changes nothing.
   *
   * @param acknowledged whether nobody has to acknowledge it first
   */
  void open(OpenRequest open, Instant now, boolean acknowledged) {
    jdbc.sql(
            """
            insert into provisioning.request as r (operation_id, target, cluster_id, call_key, kind,
              request, event_id, origin, requested_at, acknowledged_at, last_progress_at)
            values (:operation, :target, :cluster, :key, :kind, :request::jsonb, :event,
              :origin::jsonb, :now, case when :acknowledged then :now::timestamptz end, :now)
            on conflict (operation_id, target) do update set call_key = excluded.call_key,
              kind = excluded.kind, request = excluded.request, event_id = excluded.event_id,
              origin = excluded.origin, requested_at = excluded.requested_at,
              acknowledged_at = excluded.acknowledged_at, result = null, reported = false,
              failures = 0, last_error = null, fingerprint = '',
              last_progress_at = excluded.last_progress_at
            where r.call_key <> excluded.call_key
            """)
        .param("operation", open.operation().value())
        .param("target", open.target().name())
        .param("cluster", open.request().clusterId().value())
        .param("key", open.key())
        .param("kind", RequestKind.of(open.request()).text())
        .param("request", json.writeValueAsString(open.request()))
        .param("event", open.event())
        .param("origin", json.writeValueAsString(open.origin()))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("acknowledged", acknowledged)
        .update();
  }

  void close(OperationId operation, Target target) {
    jdbc.sql(
            "delete from provisioning.request where operation_id = :operation and target = :target")
        .param("operation", operation.value())
        .param("target", target.name())
        .update();
  }

  void closeAll(OperationId operation) {
    jdbc.sql("delete from provisioning.request where operation_id = :operation")
        .param("operation", operation.value())
        .update();
  }

  /** Empty: it has ended, or a later one has replaced it. */
  Optional<OpenRequest> find(String key) {
    return jdbc.sql(SELECT + "where call_key = :key").param("key", key).query(this::row).optional();
  }

  List<OpenRequest> acknowledged(ClusterId cluster) {
    return jdbc.sql(SELECT + "where cluster_id = :cluster and acknowledged_at is not null")
        .param("cluster", cluster.value())
        .query(this::row)
        .list();
  }

  /**
   * The provider has accepted the request: its cluster is to be observed soon.
   *
   * @return false: the request is no longer open
   */
  boolean accepted(String key, Result.Accepted result, Instant now) {
    return jdbc.sql(
                """
                with accepted as (
                  update provisioning.request set result = :result::jsonb, reported = false,
                    acknowledged_at = :now, last_progress_at = :now, failures = 0, last_error = null
                  where call_key = :key returning cluster_id)
                insert into provisioning.hint (cluster_id) select cluster_id from accepted
                """)
            .param("key", key)
            .param("result", json.writeValueAsString(result))
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update()
        > 0;
  }

  /**
   * The provider has not accepted the request.
   *
   * @param result null: the provider was not called
   * @param reported whether the run knows about it already
   * @return false: the request is no longer open
   */
  boolean failed(String key, @Nullable Result result, String error, boolean reported) {
    return jdbc.sql(
                """
                update provisioning.request set result = coalesce(:result::jsonb, result),
                  reported = :reported, failures = failures + 1, last_error = :error
                where call_key = :key
                """)
            .param("key", key)
            .param("result", result == null ? null : json.writeValueAsString(result))
            .param("error", error)
            .param("reported", reported)
            .update()
        > 0;
  }

  /** The run has been notified of the result. */
  void reported(String key) {
    jdbc.sql("update provisioning.request set reported = true where call_key = :key")
        .param("key", key)
        .update();
  }

  private OpenRequest row(ResultSet row, int number) throws SQLException {
    String result = row.getString("result");
    return new OpenRequest(
        json.readValue(row.getString("request"), RequestKind.named(row.getString("kind")).type()),
        row.getObject("event_id", UUID.class),
        json.readValue(row.getString("origin"), new TypeReference<>() {}),
        result == null ? null : json.readValue(result, Result.class),
        row.getBoolean("reported"),
        row.getInt("failures"),
        row.getString("fingerprint"));
  }
}
