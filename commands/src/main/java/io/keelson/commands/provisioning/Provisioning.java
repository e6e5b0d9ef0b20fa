package io.keelson.commands.provisioning;

import io.keelson.commands.ClusterAction;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import java.time.Duration;
import java.util.Optional;

/**
 * The port to the back end that makes clusters: whole desired documents in, observed state out.
 *
 * <p>Each write is an idempotent upsert under a stable id, and may block for as long as the back
 * end does. Four kinds of writes succeed and change nothing: a repeat (same key), a document older
 * than the held one, the creation of something that exists, the removal of something that is
 * absent. A removal is final: a document applied afterwards under a removed id is refused with
 * {@link Result.Code#REMOVED}, even if the id was never seen before. No method throws for trouble
 * at the back end.
 */
public interface Provisioning {

  /** What this back end can do; a plan shows what it cannot. */
  Capabilities capabilities();

  Result applyCluster(ClusterDocument document, String idempotencyKey);

  Result applyComponents(ComponentsDocument document, String idempotencyKey);

  Result applyPool(PoolDocument document, String idempotencyKey);

  /** Replaces the access rules; they are effective once the write is accepted. */
  Result applyAcl(AclDocument document, String idempotencyKey);

  /** Boots a node's machine again; a new boot id shows that it has booted. */
  Result rebootNode(ClusterId cluster, PoolId pool, NodeId node, String idempotencyKey);

  /** Does an action; it is done once the write is accepted, and once for each key. */
  Result act(ClusterId cluster, ClusterAction action, String idempotencyKey);

  Result removePool(ClusterId cluster, PoolId pool, String idempotencyKey);

  /**
   * Removes volumes (retained ones too), load balancers named after the cluster, and its empty
   * network.
   */
  Result removeAdditionalResources(ClusterId cluster, String idempotencyKey);

  /** Removes the cluster with all pools and nodes, but without its additional resources. */
  Result removeCluster(ClusterId cluster, String idempotencyKey);

  /** Reads the present state of a cluster; what it shows may be a little late. */
  Observation observe(ClusterId cluster);

  /**
   * Returns the clusters that look different since a cursor, or are about to; waits for the first
   * one. A reader passes {@link Changes#next} to its next call, and observes each listed cluster
   * after the call that listed it.
   *
   * <ul>
   *   <li>Completeness: each change of what {@link #observe} returns is reported once it can be
   *       observed, to every cursor that is older. That includes a write whose transaction commits
   *       after a later cursor was returned. {@link Observation.Unreachable} is no such change: a
   *       cluster that changes while it cannot be observed is reported when it can be observed
   *       again.
   *   <li>Repetition: a cluster may be reported more than once for one change, and for a write that
   *       changes only what is not observed. A cluster that does not change is not reported.
   *   <li>Order: none, neither between clusters nor between the changes of one cluster.
   *   <li>Idempotence: a call changes nothing at the back end. Any number of readers, on any
   *       instance, may use a cursor any number of times. {@code next} may differ from {@code
   *       after} though nothing is listed.
   *   <li>Resync: {@link Cursor#START}, a cursor that the back end does not know, and one that is
   *       too old return {@link Changes#resync} at once. {@code next} is then the present: a reader
   *       that observes its clusters afterwards misses nothing.
   *   <li>Blocking: the call returns as soon as there is a change, and without one after {@code
   *       wait}. It must not be made within a database transaction.
   *   <li>Interruption: an interrupted thread gets no clusters and the same cursor, and stays
   *       interrupted.
   *   <li>Trouble: while the back end cannot be reached, the call returns no clusters and the same
   *       cursor after {@code wait}.
   * </ul>
   *
   * @param wait zero or less: the call returns what there is
   */
  Changes changes(Cursor after, Duration wait);

  /**
   * Returns whether a zone has one more machine of a type now. It reserves nothing; true where the
   * back end cannot be reached.
   */
  boolean inStock(String zone, String nodeType);

  /** Returns the administrator's credential; empty while no control plane can accept it. */
  Optional<KubeAccess> kubeAccess(ClusterId cluster);

  /**
   * What a back end can do.
   *
   * @param name for people: {@code simulator}, {@code cluster-api}
   * @param additionalResources whether it can remove the resources that workloads made
   */
  record Capabilities(String name, boolean additionalResources) {}
}
