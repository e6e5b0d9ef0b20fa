package io.keelson.adapters.simulator;

import io.keelson.commands.ClusterId;
import io.keelson.commands.PoolId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL that counts the machines of all clusters. It contains no rule. */
final class StockTables {

  private final JdbcClient jdbc;

  StockTables(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /** Replaces the machines that a cluster takes from the stock. */
  void save(ClusterId cluster, List<MachineStock.Taken> taken) {
    jdbc.sql("delete from simulator.machine where cluster_id = :cluster")
        .param("cluster", cluster.value())
        .update();
    jdbc.sql(
            """
            insert into simulator.machine
              (cluster_id, node_id, pool_id, zone, node_type, from_at, deleted_at)
            select :cluster, * from
              unnest(:nodes::uuid[], :pools::uuid[], :zones::text[], :types::text[],
                :from::timestamptz[], :deleted::timestamptz[])
            """)
        .param("cluster", cluster.value())
        .param("nodes", taken.stream().map(t -> t.node().toString()).toArray(String[]::new))
        .param("pools", taken.stream().map(t -> t.pool().toString()).toArray(String[]::new))
        .param("zones", taken.stream().map(MachineStock.Taken::zone).toArray(String[]::new))
        .param("types", taken.stream().map(MachineStock.Taken::nodeType).toArray(String[]::new))
        .param("from", taken.stream().map(t -> t.from().toString()).toArray(String[]::new))
        .param(
            "deleted",
            taken.stream()
                .map(t -> t.deletedAt() == null ? null : t.deletedAt().toString())
                .toArray(String[]::new))
        .update();
  }

  /** Locks the stock of a type until the end of the transaction. */
  void lock(String nodeType) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('simulator.machine/' || :type, 0))")
        .param("type", nodeType)
        .query((_, _) -> nodeType)
        .single();
  }

  /**
   * The highest number of machines of a type that exist at one time from now on.
   *
   * @param zone null: all zones
   * @param but the pool whose machines are not counted; null: all are counted
   */
  int takenAtOnce(@Nullable String zone, String nodeType, @Nullable PoolId but, Instant now) {
    return jdbc.sql(
            """
            with taken as (
              select from_at, deleted_at from simulator.machine
              where node_type = :type and (:zone::text is null or zone = :zone::text)
                and (:but::uuid is null or pool_id <> :but::uuid)
                and (deleted_at is null or deleted_at > :now))
            select coalesce(max(n), 0) from (
              select count(*) as n
              from (select :now as at union select from_at from taken where from_at > :now) moment
              join taken on from_at <= at and (deleted_at is null or deleted_at > at)
              group by at) moments
            """)
        .param("type", nodeType)
        .param("zone", zone)
        .param("but", but == null ? null : but.value())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Integer.class)
        .single();
  }
}
