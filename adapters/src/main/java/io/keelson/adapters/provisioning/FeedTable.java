package io.keelson.adapters.provisioning;

import io.keelson.commands.ClusterId;
import io.keelson.commands.provisioning.Cursor;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * When which cluster is observed, and how far the change feed has been read. It takes part in the
 * caller's transaction.
 */
final class FeedTable {

  private static final int MAX_HINTS = 200;
  private static final int MAX_DUE = 16;

  /** Between two clusters of a resync. */
  private static final Duration SPACING = Duration.ofMillis(5);

  private final JdbcClient jdbc;

  FeedTable(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /**
   * What is to be observed now.
   *
   * @param hints the rows to delete afterwards
   */
  record Work(Set<ClusterId> clusters, List<Long> hints) {}

  Cursor cursor() {
    return new Cursor(
        jdbc.sql("select cursor from provisioning.feed").query(String.class).single());
  }

  void store(Cursor cursor) {
    jdbc.sql("update provisioning.feed set cursor = :cursor")
        .param("cursor", cursor.value())
        .update();
  }

  /** A cluster is observed from now on. */
  void follow(ClusterId cluster, Instant now) {
    jdbc.sql(
            """
            insert into provisioning.observed (cluster_id, due_at) values (:cluster, :now)
            on conflict do nothing
            """)
        .param("cluster", cluster.value())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** A cluster is to be observed soon. */
  void hint(ClusterId cluster) {
    jdbc.sql("insert into provisioning.hint (cluster_id) values (:cluster)")
        .param("cluster", cluster.value())
        .update();
  }

  /** Hints and due clusters, with one query however many clusters there are. */
  Work work(Instant now) {
    Set<ClusterId> clusters = new LinkedHashSet<>();
    List<Long> hints = new ArrayList<>();
    jdbc.sql(
            """
            (select id, cluster_id from provisioning.hint order by id limit :hints)
            union all
            (select null, cluster_id from provisioning.observed where due_at <= :now
             order by due_at limit :due)
            """)
        .param("hints", MAX_HINTS)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("due", MAX_DUE)
        .query(
            row -> {
              long id = row.getLong("id");
              if (!row.wasNull()) {
                hints.add(id);
              }
              clusters.add(new ClusterId(row.getObject("cluster_id", UUID.class)));
            });
    return new Work(clusters, hints);
  }

  void delete(Collection<Long> hints) {
    if (!hints.isEmpty()) {
      jdbc.sql("delete from provisioning.hint where id in (:hints)").param("hints", hints).update();
    }
  }

  /** Each cluster becomes due, one after the other. */
  void resync(Instant now) {
    jdbc.sql(
            """
            update provisioning.observed o
            set due_at = least(o.due_at, :now + place.number * :spacing::interval)
            from (select cluster_id, row_number() over (order by cluster_id) as number
                  from provisioning.observed) place
            where place.cluster_id = o.cluster_id
            """)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("spacing", SPACING.toString())
        .update();
  }

  /** A cluster was observed; the next time without a change comes later. */
  void observed(KnownCluster known, Instant next) {
    jdbc.sql(
            """
            update provisioning.observed set due_at = :next, failures = 0
            where cluster_id = :cluster and version = :version
            """)
        .param("cluster", known.cluster().value())
        .param("version", known.version())
        .param("next", next.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** How often the observation of a cluster has failed in a row. */
  int failures(ClusterId cluster) {
    return jdbc.sql("select failures from provisioning.observed where cluster_id = :cluster")
        .param("cluster", cluster.value())
        .query(Integer.class)
        .optional()
        .orElse(0);
  }

  /** The observation of a cluster has failed, and is repeated later. */
  void failed(ClusterId cluster, int failures, Instant next) {
    jdbc.sql(
            """
            update provisioning.observed set due_at = :next, failures = :failures
            where cluster_id = :cluster
            """)
        .param("cluster", cluster.value())
        .param("failures", failures)
        .param("next", next.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** An absent cluster that is no longer desired is not observed any more. */
  void forget(KnownCluster known) {
    jdbc.sql(
            """
            delete from provisioning.observed o
            where o.cluster_id = :cluster and o.version = :version
              and not exists (select from provisioning.desired d where d.cluster_id = o.cluster_id)
            """)
        .param("cluster", known.cluster().value())
        .param("version", known.version())
        .update();
  }
}
