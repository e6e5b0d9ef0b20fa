package io.keelson.adapters.provisioning;

import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
import io.keelson.commands.node.NodeAttributes;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was last recorded of each cluster. An observation that is not the newest one of its cluster
 * saves nothing.
 */
final class ObservedTable {

  private final JdbcClient jdbc;
  private final JsonMapper json = JsonMapper.builder().build();

  ObservedTable(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /** Takes the next version. Empty: the cluster is not observed, or no longer. */
  Optional<KnownCluster> begin(ClusterId cluster) {
    return jdbc.sql(
            """
            update provisioning.observed set version = version + 1 where cluster_id = :cluster
            returning version, recorded, uncertain, due_at, failures
            """)
        .param("cluster", cluster.value())
        .query(
            (row, _) -> {
              String recorded = row.getString("recorded");
              return new KnownCluster(
                  cluster,
                  row.getLong("version"),
                  recorded == null ? null : json.readValue(recorded, RecordClusterObserved.class),
                  row.getBoolean("uncertain"),
                  row.getObject("due_at", OffsetDateTime.class).toInstant(),
                  row.getInt("failures"),
                  Map.of());
            })
        .optional()
        .map(this::withNodes);
  }

  private KnownCluster withNodes(KnownCluster known) {
    Map<NodeId, NodeAttributes> nodes = new HashMap<>();
    jdbc.sql(
            "select node_id, attributes from provisioning.observed_node where cluster_id ="
                + " :cluster")
        .param("cluster", known.cluster().value())
        .query(
            row -> {
              nodes.put(
                  new NodeId(row.getObject("node_id", UUID.class)),
                  json.readValue(row.getString("attributes"), NodeAttributes.class));
            });
    return new KnownCluster(
        known.cluster(),
        known.version(),
        known.recorded(),
        known.uncertain(),
        known.dueAt(),
        known.failures(),
        nodes);
  }

  /**
   * Saves what was recorded.
   *
   * @return false: a newer observation has begun, so nothing is saved
   */
  boolean save(KnownCluster known, Recorded recorded) {
    List<Map.Entry<NodeId, NodeAttributes>> nodes = List.copyOf(recorded.nodes().entrySet());
    return jdbc.sql(
                """
                with saved as (
                  update provisioning.observed set recorded = :recorded::jsonb, uncertain = false
                  where cluster_id = :cluster and version = :version returning cluster_id),
                deleted as (
                  delete from provisioning.observed_node n using saved
                  where n.cluster_id = saved.cluster_id and n.node_id = any(:absent::uuid[])),
                kept as (
                  insert into provisioning.observed_node as n (cluster_id, node_id, attributes)
                  select saved.cluster_id, node.id, node.attributes::jsonb
                  from saved, unnest(:nodes::uuid[], :attributes::text[]) as node (id, attributes)
                  on conflict (cluster_id, node_id) do update set attributes = excluded.attributes)
                select count(*) from saved
                """)
            .param("cluster", known.cluster().value())
            .param("version", known.version())
            .param(
                "recorded",
                recorded.cluster() == null ? null : json.writeValueAsString(recorded.cluster()))
            .param("absent", texts(recorded.absent()))
            .param("nodes", texts(nodes.stream().map(Map.Entry::getKey).toList()))
            .param("attributes", attributes(nodes))
            .query(Long.class)
            .single()
        > 0;
  }

  /**
   * An observation that was not the newest one has been recorded: each part of the cluster has to
   * be recorded again, and each of these nodes may have to be recorded as absent.
   */
  void lost(KnownCluster known, Recorded recorded, Instant now) {
    List<Map.Entry<NodeId, NodeAttributes>> nodes = List.copyOf(recorded.nodes().entrySet());
    jdbc.sql(
            """
            with marked as (
              update provisioning.observed set uncertain = true, due_at = :now
              where cluster_id = :cluster returning cluster_id)
            insert into provisioning.observed_node (cluster_id, node_id, attributes)
            select marked.cluster_id, node.id, node.attributes::jsonb
            from marked, unnest(:nodes::uuid[], :attributes::text[]) as node (id, attributes)
            on conflict (cluster_id, node_id) do nothing
            """)
        .param("cluster", known.cluster().value())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("nodes", texts(nodes.stream().map(Map.Entry::getKey).toList()))
        .param("attributes", attributes(nodes))
        .update();
  }

  private String[] attributes(List<Map.Entry<NodeId, NodeAttributes>> nodes) {
    return nodes.stream()
        .map(node -> json.writeValueAsString(node.getValue()))
        .toArray(String[]::new);
  }

  private static String[] texts(Collection<NodeId> ids) {
    return ids.stream().map(NodeId::toString).toArray(String[]::new);
  }
}
