package io.keelson.projections.log;

import io.keelson.projections.RowJson;
import io.keelson.projections.Rows;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Adds rows to the tables of the log, in one statement for all of them. A stored row never changes:
 * a repeated row has no effect.
 */
final class LogWriter {

  private static final String LOG =
      """
      insert into readmodel.log
      (position, reached_at, id, type, open, stream, stream_version, organization, project,
       cluster, node, operation, initiator, principal, correlation, request, cause_source, cause_id)
      select position,
          greatest(
              max(recorded_at) over (order by position),
              (select reached_at from readmodel.log
               where position < :first order by position desc limit 1)),
          id, type, open, stream, stream_version, organization, project,
          cluster, node, operation, initiator, principal, correlation, request, cause_source,
          cause_id
      from jsonb_to_recordset(cast(:rows as jsonb)) as added (
          position bigint, recorded_at timestamptz, id uuid, type text, open boolean,
          stream uuid, stream_version bigint, organization uuid, project uuid,
          cluster uuid, node uuid, operation uuid, initiator text, principal text,
          correlation uuid, request text, cause_source text, cause_id text)
      on conflict (position) do nothing
      """;

  private static final String AUDIT =
      """
      insert into readmodel.audit
      select * from jsonb_populate_recordset(null::readmodel.audit, cast(:rows as jsonb))
      on conflict (request) do nothing
      """;

  private static final String OWNERS =
      """
      insert into readmodel.cluster_owner
      select * from jsonb_populate_recordset(null::readmodel.cluster_owner, cast(:rows as jsonb))
      on conflict (cluster) do nothing
      """;

  private static final String OWNERS_OF =
      """
      select cluster, organization, project, region
      from readmodel.cluster_owner where cluster = any(:clusters)
      """;

  private final JdbcClient sql;

  LogWriter(DataSource database) {
    this.sql = JdbcClient.create(database);
  }

  /** The last position that has a row; 0: none has. */
  long last() {
    return sql.sql("select coalesce(max(position), 0) from readmodel.log")
        .query(Long.class)
        .single();
  }

  /**
   * @param rows in ascending order, without a gap
   */
  void log(List<LogRow> rows) {
    if (!rows.isEmpty()) {
      sql.sql(LOG)
          .param("rows", RowJson.MAPPER.writeValueAsString(rows))
          .param("first", rows.getFirst().position())
          .update();
    }
  }

  void audit(List<AuditRow> rows) {
    add(AUDIT, rows);
  }

  void owners(List<Owner> owners) {
    add(OWNERS, owners);
  }

  private void add(String insert, List<?> rows) {
    if (!rows.isEmpty()) {
      sql.sql(insert).param("rows", RowJson.MAPPER.writeValueAsString(rows)).update();
    }
  }

  Map<UUID, Owner> ownersOf(Collection<UUID> clusters) {
    if (clusters.isEmpty()) {
      return Map.of();
    }
    return sql
        .sql(OWNERS_OF)
        .param("clusters", Rows.array(clusters), Types.OTHER)
        .query(
            (row, _) ->
                new Owner(
                    row.getObject("cluster", UUID.class),
                    row.getObject("organization", UUID.class),
                    row.getObject("project", UUID.class),
                    row.getString("region")))
        .list()
        .stream()
        .collect(Collectors.toMap(Owner::cluster, o -> o));
  }
}
