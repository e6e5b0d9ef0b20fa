package io.keelson.projections.status;

import io.keelson.commands.AclRuleId;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Id;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.projections.Page;
import io.keelson.projections.Scope;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The tables of the current state: read by callers, written only by {@link StatusProjection}. */
public final class StatusTables implements Statuses, KnownNodes {

  final ClusterTable clusters;
  final PoolTable pools;
  final NodeTable nodes;
  final OperationTable operations;
  private final StreamVersions versions;

  public StatusTables(DataSource database) {
    clusters = new ClusterTable(database);
    pools = new PoolTable(database);
    nodes = new NodeTable(database);
    operations = new OperationTable(database);
    versions = new StreamVersions(database);
  }

  void truncate() {
    clusters.rows.truncate();
    pools.rows.truncate();
    nodes.rows.truncate();
    operations.rows.truncate();
  }

  @Override
  public Optional<ClusterStatus> cluster(Scope scope, String region, ClusterId id) {
    return clusters.one(scope, region, id);
  }

  @Override
  public Optional<ClusterStatus> clusterOfAclRule(Scope scope, String region, AclRuleId rule) {
    return clusters.ofAclRule(scope, region, rule);
  }

  /** Whether a cluster, deleted or not, is inside this scope. */
  public boolean owned(Scope scope, ClusterId id) {
    return clusters.owned(scope, id);
  }

  @Override
  public Optional<PoolStatus> pool(Scope scope, String region, PoolId id) {
    return pools.one(scope, region, id);
  }

  @Override
  public Optional<NodeStatus> node(Scope scope, String region, NodeId id) {
    return nodes.one(scope, region, id);
  }

  @Override
  public Optional<NodeLife> nodeEver(Scope scope, NodeId id) {
    return nodes.ever(scope, List.of(id)).stream()
        .findFirst()
        .map(node -> NodeLife.of(node, operations.of(scope, id)));
  }

  @Override
  public Map<NodeId, NodeStatus> nodesEver(Scope scope, Collection<NodeId> ids) {
    return nodes.ever(scope, ids).stream()
        .collect(Collectors.toMap(NodeStatus::id, Function.identity()));
  }

  @Override
  public Optional<OperationStatus> operation(Scope scope, OperationId id) {
    return operations.one(scope, id);
  }

  @Override
  public List<OperationStatus> children(Scope scope, OperationId parent) {
    return operations.children(scope, parent);
  }

  @Override
  public Page<ClusterStatus> clusters(
      Scope scope, String region, ClusterFilter filter, Order order, Page.Request page) {
    return clusters.page(scope, region, filter, order, page);
  }

  @Override
  public Page<PoolStatus> pools(
      ClusterId cluster, PoolFilter filter, Order order, Page.Request page) {
    return pools.page(cluster, filter, order, page);
  }

  @Override
  public Page<NodeStatus> nodes(
      ClusterId cluster, NodeFilter filter, Order order, Page.Request page) {
    return nodes.page(cluster, filter, order, page);
  }

  @Override
  public List<OperationStatus> operations(
      Scope scope, OperationFilter filter, @Nullable OperationId before, int limit) {
    return operations.list(scope, filter, before, limit);
  }

  @Override
  public List<NodeStatus> nodesOf(ClusterId cluster) {
    return nodes.of(cluster);
  }

  @Override
  public Optional<KnownNode> node(NodeId node) {
    return nodes.known(node);
  }

  @Override
  public Optional<KnownNode> node(String providerId) {
    return nodes.known(providerId);
  }

  @Override
  public boolean await(Id stream, long version, Duration timeout) {
    return versions.reached(stream, version, timeout);
  }
}
