package io.keelson.projections.status;

import io.keelson.commands.AclRuleId;
import io.keelson.commands.ClusterId;
import io.keelson.projections.Page;
import io.keelson.projections.Rows;
import io.keelson.projections.Scope;
import io.keelson.projections.status.Statuses.ClusterFilter;
import io.keelson.projections.status.Statuses.Order;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The SQL of {@code readmodel.cluster}. Deleted clusters stay in it and are never shown. */
final class ClusterTable {

  private static final String VISIBLE =
      """
      select c.* from readmodel.cluster c
      where c.phase <> 'DELETED' and c.region = :region and %s
      """
          .formatted(ScopeSql.CONDITION);

  /** Deleted ones too. */
  private static final String OWNED =
      "select c.* from readmodel.cluster c where c.id = :id and " + ScopeSql.CONDITION;

  /** Without patterns, so that nothing in a name can act as one. */
  private static final String FILTERED =
      VISIBLE
          + """
          and (cast(:project as uuid) is null or c.project = :project)
          and (cast(:name as text) is null or strpos(c.name, :name) > 0)
          and (cast(:phase as text) is null or c.phase = :phase)
          and (cast(:type as text) is null or c.type = :type)
          and (cast(:network as uuid) is null or c.private_network = :network)
          and (cast(:version as text) is null
              or starts_with(array_to_string(c.kubernetes_version, '.'), :version))
          """;

  final Rows<ClusterId, ClusterStatus> rows;

  ClusterTable(DataSource database) {
    rows = new Rows<>(database, "readmodel.cluster", ClusterStatus.class);
  }

  Optional<ClusterStatus> one(Scope scope, String region, ClusterId id) {
    Map<String, @Nullable Object> params = ScopeSql.params(scope);
    params.put("region", region);
    params.put("id", id.value());
    return rows.selectOne(VISIBLE + "and c.id = :id", params);
  }

  Optional<ClusterStatus> ofAclRule(Scope scope, String region, AclRuleId rule) {
    Map<String, @Nullable Object> params = ScopeSql.params(scope);
    params.put("region", region);
    params.put("rule", "[{\"id\": \"%s\"}]".formatted(rule)); // an id needs no escapes
    return rows.selectOne(VISIBLE + "and c.acl @> cast(:rule as jsonb)", params);
  }

  boolean owned(Scope scope, ClusterId id) {
    Map<String, @Nullable Object> params = ScopeSql.params(scope);
    params.put("id", id.value());
    return rows.selectOne(OWNED, params).isPresent();
  }

  Page<ClusterStatus> page(
      Scope scope, String region, ClusterFilter filter, Order order, Page.Request page) {
    Map<String, @Nullable Object> params = ScopeSql.params(scope);
    params.put("region", region);
    params.put("project", filter.project() == null ? null : filter.project().value());
    params.put("name", filter.name());
    params.put("phase", filter.phase() == null ? null : filter.phase().name());
    params.put("type", filter.type());
    params.put("network", filter.privateNetwork());
    params.put("version", filter.versionPrefix());
    return Paging.page(rows, FILTERED, params, order, page);
  }
}
