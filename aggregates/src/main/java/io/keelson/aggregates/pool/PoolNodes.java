package io.keelson.aggregates.pool;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of the nodes of a pool without observing them.
 *
 * @param oldest no node that may still exist has an older version
 * @param toRemove nodes that every document lists until they are known to be deleted
 * @param removed nodes that were removed one by one, the newest last: none is counted twice
 */
public record PoolNodes(KubernetesVersion oldest, List<NodeId> toRemove, List<NodeId> removed) {

  /** A limit on what the state of a pool can grow to; older removals have ended long ago. */
  static final int MAX_REMOVED = 1_000;

  public PoolNodes {
    toRemove = List.copyOf(toRemove);
    removed = List.copyOf(removed);
  }

  static PoolNodes of(KubernetesVersion version) {
    return new PoolNodes(version, List.of(), List.of());
  }

  PoolNodes removing(List<NodeId> nodes) {
    return new PoolNodes(oldest, nodes, with(nodes));
  }

  /** The node is deleted; it was replaced, so the size of the pool stays. */
  PoolNodes replaced(NodeId node) {
    return new PoolNodes(oldest, toRemove, with(List.of(node)));
  }

  /** Every node that was to be removed is deleted. */
  PoolNodes settled() {
    return new PoolNodes(oldest, List.of(), removed);
  }

  /** Every node has that version. */
  PoolNodes all(KubernetesVersion version) {
    return new PoolNodes(version, toRemove, removed);
  }

  private List<NodeId> with(List<NodeId> nodes) {
    List<NodeId> all = new ArrayList<>(removed);
    nodes.stream().filter(node -> !all.contains(node)).distinct().toList().forEach(all::add);
    return all.subList(Math.max(0, all.size() - MAX_REMOVED), all.size());
  }
}
