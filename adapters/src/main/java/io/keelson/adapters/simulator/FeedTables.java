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
   * @param snapshot the writes that are committed now
   */
  record End(UUID feed, String snapshot) {}

  /**
   * The result of one statement, which sees one snapshot.
   *
   * @param known false: the given snapshot lies in the future of this database
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
   * Reads the changes since a moment.
   *
   * <p>A write belongs to the result if this statement sees it and the snapshot of the moment does
   * not. So the first statement that sees a late commit reports it, whatever was read before. An
   * aborted transaction leaves no row. {@code changed_in} names only the last write of a cluster;
   * that one is enough, since it is younger than the writes that it replaced.
   *
   * @param also further clusters to list
   * @param after lists clusters with greater ids only; null: all
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
