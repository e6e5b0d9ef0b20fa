package io.keelson.adapters.simulator;

import io.keelson.commands.ClusterId;
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

/** The SQL of the simulator. It contains no rule. */
final class SimulatorTables {

  private final JdbcClient jdbc;
  private final JsonMapper json = JsonMapper.builder().build();

  SimulatorTables(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /** Locks the row of a cluster until the end of the transaction; inserts a missing row. */
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
   * @param ahead when the cluster will look different without a write
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

  /** All clusters that were ever written to. */
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

  int callsUnder(String idempotencyKey) {
    return jdbc.sql("select count(*) from simulator.call where idempotency_key = :key")
        .param("key", idempotencyKey)
        .query(Integer.class)
        .single();
  }

  /** Appends a call to the log, which assigns the position. */
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
