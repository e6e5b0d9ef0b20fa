package io.keelson.commands.provisioning;

import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The port to whatever really makes clusters: whole desired documents in, observed state out.
 *
 * <p>Each write is an idempotent upsert under a stable id, and may block for as long as the back
 * end does. A repeat (same key), a document older than the one held, the creation of what exists
 * and the removal of what is absent all succeed and change nothing. A removal is final: whatever is
 * applied afterwards under a removed id is refused with {@link Result.Code#REMOVED}, even if the id
 * was never seen before. No method throws for trouble at the back end.
 */
public interface Provisioning {

  /** What this back end can do; a plan shows what it cannot. */
  Capabilities capabilities();

  Result applyCluster(ClusterDocument document, String idempotencyKey);

  Result applyComponents(ComponentsDocument document, String idempotencyKey);

  Result applyPool(PoolDocument document, String idempotencyKey);

  /** Effective once it is accepted. */
  Result applyAcl(AclDocument document, String idempotencyKey);

  /** Boots a node's machine again; that it has booted is seen by its boot id. */
  Result rebootNode(ClusterId cluster, PoolId pool, NodeId node, String idempotencyKey);

  /** Makes another administrator's credential; once it is accepted, the one before is void. */
  Result resetAdminToken(ClusterId cluster, String idempotencyKey);

  Result removePool(ClusterId cluster, PoolId pool, String idempotencyKey);

  /** Volumes (retained ones too), load balancers named after the cluster, its empty network. */
  Result removeAdditionalResources(ClusterId cluster, String idempotencyKey);

  /** With all pools and nodes; not with additional resources. */
  Result removeCluster(ClusterId cluster, String idempotencyKey);

  Observation observe(ClusterId cluster);

  /**
   * Asks for a hint whenever a cluster may have changed. A hint may be late, doubled or missing: a
   * receiver observes the cluster.
   *
   * @return closing it ends the hints
   */
  AutoCloseable watch(Consumer<ClusterId> hint);

  /** Whether one more machine of a type is available in a zone now; it is not a reservation. */
  boolean inStock(String zone, String nodeType);

  /** The administrator's credential; empty while there is no control plane to accept it. */
  Optional<KubeAccess> kubeAccess(ClusterId cluster);

  /**
   * What a back end can do.
   *
   * @param name for people: {@code simulator}, {@code cluster-api}
   * @param additionalResources whether it can remove what workloads made
   */
  record Capabilities(String name, boolean additionalResources) {}
}
