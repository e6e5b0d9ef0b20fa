package io.keelson.projections.status;

import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.projections.Rows;
import io.keelson.projections.Scope;
import io.keelson.projections.status.Statuses.OperationFilter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of {@code readmodel.operation}. Operations stay visible after the deletion of their
 * cluster.
 */
final class OperationTable {

  private static final String VISIBLE =
      """
      select o.* from readmodel.operation o join readmodel.cluster c on c.id = o.cluster
      where %s
      """
          .formatted(ScopeSql.CONDITION);

  /** The row of {@code before} is read inside the scope: a foreign id must reveal nothing. */
  private static final String LIST =
      """
      with visible as (%s)
      select data from visible
      where (cast(:cluster as uuid) is null or cluster = :cluster)
      and (cast(:kind as text) is null or kind = :kind)
      and (cast(:state as text) is null or state = :state)
      and (cast(:before as uuid) is null
          or (started_at, id) < (select started_at, id from visible where id = :before))
      order by started_at desc, id desc
      limit :limit
      """
          .formatted(VISIBLE);

  private static final String OF_NODE =
      VISIBLE + "and o.node_ids @> cast(:node as jsonb) order by o.started_at desc, o.id desc";

  private static final String CHILDREN =
      VISIBLE + "and o.parent = :parent order by o.started_at, o.id";

  final Rows<OperationId, OperationStatus> rows;

  OperationTable(DataSource database) {
    rows = new Rows<>(database, "readmodel.operation", OperationStatus.class);
  }

  Optional<OperationStatus> one(Scope scope, OperationId id) {
    Map<String, @Nullable Object> params = ScopeSql.params(scope);
    params.put("id", id.value());
    return rows.selectOne(VISIBLE + "and o.id = :id", params);
  }

  /** Newest first. */
  List<OperationStatus> of(Scope scope, NodeId node) {
    Map<String, @Nullable Object> params = ScopeSql.params(scope);
    params.put("node", "[\"%s\"]".formatted(node)); // an id needs no escapes
    return rows.select(OF_NODE, params);
  }

  /** Oldest first. */
  List<OperationStatus> children(Scope scope, OperationId parent) {
    Map<String, @Nullable Object> params = ScopeSql.params(scope);
    params.put("parent", parent.value());
    return rows.select(CHILDREN, params);
  }

  List<OperationStatus> list(
      Scope scope, OperationFilter filter, @Nullable OperationId before, int limit) {
    Map<String, @Nullable Object> params = ScopeSql.params(scope);
    params.put("cluster", filter.cluster() == null ? null : filter.cluster().value());
    params.put("kind", filter.kind() == null ? null : filter.kind().toString());
    params.put("state", filter.state() == null ? null : filter.state().name());
    params.put("before", before == null ? null : before.value());
    params.put("limit", limit);
    return rows.select(LIST, params);
  }
}
