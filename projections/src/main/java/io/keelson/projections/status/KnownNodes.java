package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.OrganizationId;
import java.util.Optional;

/** Finds nodes, deleted ones included, that other services report about; no tenant sees this. */
public interface KnownNodes {

  Optional<KnownNode> node(NodeId node);

  /** The node that has, or had last, that machine. */
  Optional<KnownNode> node(String providerId);

  /** A node and its owner. */
  record KnownNode(NodeId node, ClusterId cluster, OrganizationId organization) {}
}
