package io.keelson.adapters.provisioning;

import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
import io.keelson.commands.node.NodeAttributes;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was last recorded of a cluster. It is read before the cluster is observed: a node that is
 * recorded in between must not be taken for one that is absent.
 *
 * @param version of the observation that follows
 * @param recorded null: the provider did not have the cluster
 * @param uncertain an older observation may have been recorded after a newer one: each part is
 *     recorded again
 * @param dueAt when the cluster is observed even without a change
 * @param failures observations without success, in a row
 * @param nodes those that were recorded and not absent
 */
record KnownCluster(
    ClusterId cluster,
    long version,
    @Nullable RecordClusterObserved recorded,
    boolean uncertain,
    Instant dueAt,
    int failures,
    Map<NodeId, NodeAttributes> nodes) {

  KnownCluster {
    nodes = Map.copyOf(nodes);
  }
}
