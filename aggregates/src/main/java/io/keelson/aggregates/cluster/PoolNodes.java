package io.keelson.aggregates.cluster;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of the nodes of a pool without looking at them.
 *
 * @param oldest no node that may still be there has an older version
 * @param unwanted that are to go and are not known to be gone: every document says so
 * @param removed one by one, the newest last: none is counted twice
 */
record PoolNodes(KubernetesVersion oldest, List<NodeId> unwanted, List<NodeId> removed) {

  /** A limit on what a pool's state can grow to; those before are long gone. */
  static final int MOST_REMOVED = 1_000;

  PoolNodes {
    unwanted = List.copyOf(unwanted);
    removed = List.copyOf(removed);
  }

  static PoolNodes of(KubernetesVersion version) {
    return new PoolNodes(version, List.of(), List.of());
  }

  PoolNodes removing(List<NodeId> nodes) {
    return new PoolNodes(oldest, nodes, with(nodes));
  }

  /** Gone, and never to be counted. */
  PoolNodes replaced(NodeId node) {
    return new PoolNodes(oldest, unwanted, with(List.of(node)));
  }

  PoolNodes settled() {
    return new PoolNodes(oldest, List.of(), removed);
  }

  PoolNodes all(KubernetesVersion version) {
    return new PoolNodes(version, unwanted, removed);
  }

  private List<NodeId> with(List<NodeId> nodes) {
    List<NodeId> all = new ArrayList<>(removed);
    nodes.stream().filter(node -> !all.contains(node)).distinct().toList().forEach(all::add);
    return all.subList(Math.max(0, all.size() - MOST_REMOVED), all.size());
  }
}
