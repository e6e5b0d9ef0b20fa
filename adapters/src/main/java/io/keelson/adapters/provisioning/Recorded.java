package io.keelson.adapters.provisioning;

import io.keelson.commands.NodeId;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
import io.keelson.commands.node.NodeAttributes;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one observation has changed of what is known.
 *
 * @param cluster null: the provider does not have the cluster
 * @param nodes those that were recorded
 * @param absent nodes that were recorded as absent
 */
record Recorded(
    @Nullable RecordClusterObserved cluster,
    Map<NodeId, NodeAttributes> nodes,
    Set<NodeId> absent) {

  Recorded {
    nodes = Map.copyOf(nodes);
    absent = Set.copyOf(absent);
  }
}
