package io.keelson.adapters.simulator;

import io.keelson.commands.ClusterId;
import io.keelson.commands.PoolId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The simulator's SQL. It decides nothing. */
final class SimulatorTables {

  private final JdbcClient jdbc;
  private final JsonMapper json = JsonMapper.builder().build();

  SimulatorTables(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /** Holds the row until the end of the transaction; makes it where there is none. */
  World locked(ClusterId cluster) {
    jdbc.sql(
            """
            insert into simulator.cluster (cluster_id, world) values (:cluster, :world::jsonb)
            on conflict do nothing
            """)
        .param("cluster", cluster.value())
        .param("world", json.writeValueAsString(World.EMPTY))
        .update();
    return jdbc.sql("select world from simulator.cluster where cluster_id = :cluster for update")
        .param("cluster", cluster.value())
        .query((row, _) -> json.readValue(row.getString(1), World.class))
        .single();
  }

  World world(ClusterId cluster) {
    return jdbc.sql("select world from simulator.cluster where cluster_id = :cluster")
        .param("cluster", cluster.value())
        .query((row, _) -> json.readValue(row.getString(1), World.class))
        .optional()
        .orElse(World.EMPTY);
  }

  /**
   * Stores a changed world.
   *
   * @param ahead when it will look different without a write
   */
  void save(ClusterId cluster, World world, List<Instant> ahead) {
    jdbc.sql(
            """
            with changed as (
              update simulator.cluster
              set world = :world::jsonb, changed_in = pg_current_xact_id()
              where cluster_id = :cluster),
            replaced as (delete from simulator.instant where cluster_id = :cluster)
            insert into simulator.instant (cluster_id, at)
            select :cluster, unnest(:ahead::timestamptz[])
            """)
        .param("cluster", cluster.value())
        .param("world", json.writeValueAsString(world))
        .param("ahead", ahead.stream().map(Instant::toString).toArray(String[]::new))
        .update();
  }

  /** Every cluster that was ever written to. */
  Map<ClusterId, World> worlds() {
    Map<ClusterId, World> worlds = new HashMap<>();
    jdbc.sql("select cluster_id, world from simulator.cluster")
        .query(
            row -> {
              worlds.put(
                  new ClusterId(row.getObject(1, UUID.class)),
                  json.readValue(row.getString(2), World.class));
            });
    return worlds;
  }

  void save(ClusterId cluster, Credentials credentials) {
    jdbc.sql(
            """
            update simulator.cluster set certificate_authority = :ca, token = :token
            where cluster_id = :cluster
            """)
        .param("cluster", cluster.value())
        .param("ca", credentials.certificateAuthority())
        .param("token", credentials.token())
        .update();
  }

  Optional<Credentials> credentials(ClusterId cluster) {
    return jdbc.sql(
            """
            select certificate_authority, token from simulator.cluster
            where cluster_id = :cluster and token is not null
            """)
        .param("cluster", cluster.value())
        .query((row, _) -> new Credentials(row.getString(1), row.getString(2)))
        .optional();
  }

  /**
   * Which machines a cluster takes from the stock; those that it took before and gave back leave.
   */
  void save(ClusterId cluster, List<Stock.Taken> taken) {
    jdbc.sql("delete from simulator.machine where cluster_id = :cluster")
        .param("cluster", cluster.value())
        .update();
    jdbc.sql(
            """
            insert into simulator.machine
              (cluster_id, node_id, pool_id, zone, node_type, from_at, gone_at)
            select :cluster, * from
              unnest(:nodes::uuid[], :pools::uuid[], :zones::text[], :types::text[],
                :from::timestamptz[], :gone::timestamptz[])
            """)
        .param("cluster", cluster.value())
        .param("nodes", taken.stream().map(t -> t.node().toString()).toArray(String[]::new))
        .param("pools", taken.stream().map(t -> t.pool().toString()).toArray(String[]::new))
        .param("zones", taken.stream().map(Stock.Taken::zone).toArray(String[]::new))
        .param("types", taken.stream().map(Stock.Taken::nodeType).toArray(String[]::new))
        .param("from", taken.stream().map(t -> t.from().toString()).toArray(String[]::new))
        .param(
            "gone",
            taken.stream()
                .map(t -> t.goneAt() == null ? null : t.goneAt().toString())
                .toArray(String[]::new))
        .update();
  }

  /** Until the end of the transaction nobody else takes machines of a type. */
  void lockStock(String nodeType) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('simulator.machine/' || :type, 0))")
        .param("type", nodeType)
        .query((_, _) -> nodeType)
        .single();
  }

  /**
   * How many machines of a type are taken at once, at the worst moment from now on.
   *
   * @param zone null: in all zones
   * @param but the pool whose machines do not count; null: all count
   */
  int takenAtOnce(@Nullable String zone, String nodeType, @Nullable PoolId but, Instant now) {
    return jdbc.sql(
            """
            with taken as (
              select from_at, gone_at from simulator.machine
              where node_type = :type and (:zone::text is null or zone = :zone::text)
                and (:but::uuid is null or pool_id <> :but::uuid)
                and (gone_at is null or gone_at > :now))
            select coalesce(max(n), 0) from (
              select count(*) as n
              from (select :now as at union select from_at from taken where from_at > :now) moment
              join taken on from_at <= at and (gone_at is null or gone_at > at)
              group by at) moments
            """)
        .param("type", nodeType)
        .param("zone", zone)
        .param("but", but == null ? null : but.value())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Integer.class)
        .single();
  }

  int callsUnder(String idempotencyKey) {
    return jdbc.sql("select count(*) from simulator.call where idempotency_key = :key")
        .param("key", idempotencyKey)
        .query(Integer.class)
        .single();
  }

  /** Appends to the log; the position is given by it. */
  void log(SimulatorCall call) {
    jdbc.sql(
            """
            insert into simulator.call
              (at, verb, cluster_id, target, generation, idempotency_key, outcome, effects)
            values (:at, :verb, :cluster, :target, :generation, :key, :outcome, :effects)
            """)
        .param("at", call.at().atOffset(ZoneOffset.UTC))
        .param("verb", call.verb())
        .param("cluster", call.clusterId().value())
        .param("target", call.target())
        .param("generation", call.generation())
        .param("key", call.idempotencyKey())
        .param("outcome", call.outcome().toString())
        .param("effects", call.effects())
        .update();
  }

  List<SimulatorCall> calls(@Nullable ClusterId cluster, long after, int limit) {
    return jdbc.sql(
            """
            select id, at, verb, cluster_id, target, generation, idempotency_key, outcome, effects
            from simulator.call
            where id > :after and (:cluster::uuid is null or cluster_id = :cluster::uuid)
            order by id limit :limit
            """)
        .param("after", after)
        .param("cluster", cluster == null ? null : cluster.value())
        .param("limit", limit)
        .query(
            (row, _) ->
                new SimulatorCall(
                    row.getLong("id"),
                    row.getTimestamp("at").toInstant(),
                    row.getString("verb"),
                    new ClusterId(row.getObject("cluster_id", UUID.class)),
                    row.getString("target"),
                    row.getObject("generation", Long.class),
                    row.getString("idempotency_key"),
                    SimulatorCall.Outcome.of(row.getString("outcome")),
                    row.getInt("effects")))
        .list();
  }
}
