package io.keelson.projections.status;

import io.keelson.commands.AclRuleId;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Id;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.operation.OperationKind;
import io.keelson.projections.Page;
import io.keelson.projections.Scope;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The read API of the current state. Deleted resources are absent, unless a method says otherwise.
 */
public interface Statuses {

  Optional<ClusterStatus> cluster(Scope scope, String region, ClusterId id);

  /** The cluster that a rule belongs to: a route to one rule names no cluster. */
  Optional<ClusterStatus> clusterOfAclRule(Scope scope, String region, AclRuleId rule);

  Optional<PoolStatus> pool(Scope scope, String region, PoolId id);

  Optional<NodeStatus> node(Scope scope, String region, NodeId id);

  /** A node and what was done to it, deleted or not, in a cluster that is deleted or not. */
  Optional<NodeLife> nodeEver(Scope scope, NodeId id);

  /** Nodes by id, deleted or not, in clusters that are deleted or not; unknown ids are left out. */
  Map<NodeId, NodeStatus> nodesEver(Scope scope, Collection<NodeId> ids);

  /** Stays after the deletion of its cluster. */
  Optional<OperationStatus> operation(Scope scope, OperationId id);

  /** The runs that a run has started, oldest first. */
  List<OperationStatus> children(Scope scope, OperationId parent);

  Page<ClusterStatus> clusters(
      Scope scope, String region, ClusterFilter filter, Order order, Page.Request page);

  Page<PoolStatus> pools(ClusterId cluster, PoolFilter filter, Order order, Page.Request page);

  Page<NodeStatus> nodes(ClusterId cluster, NodeFilter filter, Order order, Page.Request page);

  /**
   * Newest first.
   *
   * @param before only operations that started before this one; null: from the newest
   */
  List<OperationStatus> operations(
      Scope scope, OperationFilter filter, @Nullable OperationId before, int limit);

  /** Every node of a cluster, for its observer; no tenant sees this. */
  List<NodeStatus> nodesOf(ClusterId cluster);

  /**
   * Waits until the rows of a stream have reached a version, so that a caller reads its own writes.
   *
   * @return false if the timeout came first
   */
  boolean await(Id stream, long version, Duration timeout);

  /** What {@code order_by} may say; ties are broken by id. */
  enum Order {
    CREATED_AT_ASC,
    CREATED_AT_DESC,
    UPDATED_AT_ASC,
    UPDATED_AT_DESC,
    NAME_ASC,
    NAME_DESC,
    STATUS_ASC,
    STATUS_DESC,
    VERSION_ASC,
    VERSION_DESC
  }

  /**
   * Null fields do not filter; {@code name} matches a part, {@code versionPrefix} the beginning.
   */
  record ClusterFilter(
      @Nullable ProjectId project,
      @Nullable String name,
      ClusterStatus.@Nullable Phase phase,
      @Nullable String type,
      @Nullable UUID privateNetwork,
      @Nullable String versionPrefix) {}

  /** Null fields do not filter; {@code name} matches a part. */
  record PoolFilter(@Nullable String name, PoolStatus.@Nullable Phase phase) {}

  /**
   * Null fields do not filter; {@code name} matches a part; {@code status} as the API spells it.
   */
  record NodeFilter(@Nullable PoolId pool, @Nullable String name, @Nullable String status) {}

  /** Null fields do not filter. */
  record OperationFilter(
      @Nullable ClusterId cluster,
      @Nullable OperationKind kind,
      OperationStatus.@Nullable State state) {}
}
