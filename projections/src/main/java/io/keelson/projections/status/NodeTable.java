package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.projections.Page;
import io.keelson.projections.Rows;
import io.keelson.projections.Scope;
import io.keelson.projections.status.Statuses.NodeFilter;
import io.keelson.projections.status.Statuses.Order;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The SQL of {@code readmodel.node}. Nodes that are gone stay in it and are never shown. */
final class NodeTable {

  private static final String ONE =
      """
      select n.data from readmodel.node n join readmodel.cluster c on c.id = n.cluster
      where n.id = :id and not n.deleted
      and c.phase <> 'DELETED' and c.region = :region and %s
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

  final Rows<NodeId, NodeStatus> rows;

  NodeTable(DataSource database) {
    rows = new Rows<>(database, "readmodel.node", NodeStatus.class);
  }

  Optional<NodeStatus> one(Scope scope, String region, NodeId id) {
    Map<String, @Nullable Object> params = ScopeSql.params(scope);
    params.put("region", region);
    params.put("id", id.value());
    return rows.selectOne(ONE, params);
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

  /** What no phase is spelt like is the phase of no node. */
  private static String phase(String status) {
    return Arrays.stream(ObservedNode.Phase.values())
        .filter(phase -> NodeStatus.spelt(phase).equals(status))
        .findFirst()
        .map(Enum::name)
        .orElse("");
  }
}
