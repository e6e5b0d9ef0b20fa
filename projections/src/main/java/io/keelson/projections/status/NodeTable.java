package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.OrganizationId;
import io.keelson.projections.Page;
import io.keelson.projections.Rows;
import io.keelson.projections.Scope;
import io.keelson.projections.status.KnownNodes.KnownNode;
import io.keelson.projections.status.Statuses.NodeFilter;
import io.keelson.projections.status.Statuses.Order;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of {@code readmodel.node}. Deleted nodes stay in it; only some reads show them. */
final class NodeTable {

  private static final String ONE =
      """
      select n.data from readmodel.node n join readmodel.cluster c on c.id = n.cluster
      where n.id = :id and not n.deleted
      and c.phase <> 'DELETED' and c.region = :region and %s
      """
          .formatted(ScopeSql.CONDITION);

  /** With deleted nodes, and those of deleted clusters. */
  private static final String EVER =
      """
      select n.data from readmodel.node n join readmodel.cluster c on c.id = n.cluster
      where n.id = any(cast(:ids as uuid[])) and %s
      """
          .formatted(ScopeSql.CONDITION);

  private static final String OF_CLUSTER =
      "select * from readmodel.node where cluster = :cluster and not deleted ";

  private static final String FILTERED =
      OF_CLUSTER
          + """
          and (cast(:pool as uuid) is null or pool = :pool)
          and (cast(:name as text) is null or strpos(name, :name) > 0)
          and (cast(:phase as text) is null or phase = :phase)
          """;

  private static final String KNOWN =
      """
      select n.id, n.cluster, c.organization from readmodel.node n
      join readmodel.cluster c on c.id = n.cluster
      """;

  private static final String BY_ID = KNOWN + "where n.id = :id";

  private static final String BY_PROVIDER_ID =
      KNOWN
          + """
          where n.provider_id = :provider and n.provider_id <> ''
          order by n.deleted, n.created_at desc, n.id limit 1
          """;

  final Rows<NodeId, NodeStatus> rows;
  private final JdbcClient sql;

  NodeTable(DataSource database) {
    sql = JdbcClient.create(database);
    rows = new Rows<>(database, "readmodel.node", NodeStatus.class);
  }

  Optional<NodeStatus> one(Scope scope, String region, NodeId id) {
    Map<String, @Nullable Object> params = ScopeSql.params(scope);
    params.put("region", region);
    params.put("id", id.value());
    return rows.selectOne(ONE, params);
  }

  List<NodeStatus> ever(Scope scope, Collection<NodeId> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    Map<String, @Nullable Object> params = ScopeSql.params(scope);
    params.put("ids", Rows.array(ids));
    return rows.select(EVER, params);
  }

  List<NodeStatus> of(ClusterId cluster) {
    return rows.select(OF_CLUSTER + "order by created_at, id", Map.of("cluster", cluster.value()));
  }

  Page<NodeStatus> page(ClusterId cluster, NodeFilter filter, Order order, Page.Request page) {
    Map<String, @Nullable Object> params = new HashMap<>();
    params.put("cluster", cluster.value());
    params.put("pool", filter.pool() == null ? null : filter.pool().value());
    params.put("name", filter.name());
    params.put("phase", filter.status() == null ? null : phase(filter.status()));
    return Paging.page(rows, FILTERED, params, order, page);
  }

  Optional<KnownNode> known(NodeId id) {
    return known(sql.sql(BY_ID).param("id", id.value()));
  }

  Optional<KnownNode> known(String providerId) {
    return known(sql.sql(BY_PROVIDER_ID).param("provider", providerId));
  }

  private static Optional<KnownNode> known(JdbcClient.StatementSpec query) {
    return query
        .query(
            (row, _) ->
                new KnownNode(
                    new NodeId(row.getObject("id", UUID.class)),
                    new ClusterId(row.getObject("cluster", UUID.class)),
                    new OrganizationId(row.getObject("organization", UUID.class))))
        .optional();
  }

  /** A text that is the name of no phase is the phase of no node. */
  private static String phase(String status) {
    return Arrays.stream(NodePhase.values())
        .filter(phase -> NodeStatus.spelt(phase).equals(status))
        .findFirst()
        .map(Enum::name)
        .orElse("");
  }
}
