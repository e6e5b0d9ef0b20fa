package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.FeedCursor.Moment;
import io.keelson.commands.ClusterId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of the change feed. It only reads. */
final class FeedTables {

  private final JdbcClient jdbc;

  FeedTables(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /**
   * The present end of the feed.
   *
   * @param snapshot the writes that are visible now
   */
  record End(UUID feed, String snapshot) {}

  /**
   * What one statement has read, of one snapshot.
   *
   * @param known whether the given snapshot can have been one of this database
   * @param nextInstant when some cluster will next change without a write; null: none will
   * @param clusters that have changed, in the order of their ids
   */
  record Read(End end, boolean known, @Nullable Instant nextInstant, List<ClusterId> clusters) {}

  End end() {
    return jdbc.sql("select id, pg_current_snapshot()::text from simulator.feed")
        .query((row, _) -> new End(row.getObject(1, UUID.class), row.getString(2)))
        .single();
  }

  /**
   * Reads what has changed since a moment.
   *
   * <p>A write belongs to the result if it is visible to this statement and was not visible to the
   * snapshot of the moment. So a transaction that commits late is found by the first statement that
   * sees it, whatever was read before. An aborted one leaves no row. {@code changed_in} holds only
   * the last change of a cluster; a reader that missed earlier ones gets the cluster by that one.
   *
   * @param also clusters that have changed as well
   * @param after only clusters with greater ids; null: all
   */
  Read read(Moment since, Instant now, List<ClusterId> also, @Nullable ClusterId after, int limit) {
    return jdbc.sql(
            """
            select id, pg_current_snapshot()::text as snapshot,
              pg_snapshot_xmax(:snapshot::pg_snapshot)
                <= pg_snapshot_xmax(pg_current_snapshot()) as known,
              (select min(at) from simulator.instant where at > :now) as next_instant,
              array(
                select cluster_id from (
                  select cluster_id from simulator.cluster
                  where changed_in >= pg_snapshot_xmin(:snapshot::pg_snapshot)
                    and not pg_visible_in_snapshot(changed_in, :snapshot::pg_snapshot)
                  union
                  select cluster_id from simulator.instant where at > :since and at <= :now
                  union
                  select unnest(:also::uuid[])) changed
                where :after::uuid is null or cluster_id > :after::uuid
                order by cluster_id limit :limit) as clusters
            from simulator.feed
            """)
        .param("snapshot", since.snapshot())
        .param("since", since.instant().atOffset(ZoneOffset.UTC))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("also", also.stream().map(ClusterId::toString).toArray(String[]::new))
        .param("after", after == null ? null : after.value())
        .param("limit", limit)
        .query((row, _) -> read(row))
        .single();
  }

  private static Read read(ResultSet row) throws SQLException {
    OffsetDateTime next = row.getObject("next_instant", OffsetDateTime.class);
    Array clusters = row.getArray("clusters");
    return new Read(
        new End(row.getObject("id", UUID.class), row.getString("snapshot")),
        row.getBoolean("known"),
        next == null ? null : next.toInstant(),
        Arrays.stream((UUID[]) clusters.getArray()).map(ClusterId::new).toList());
  }
}
