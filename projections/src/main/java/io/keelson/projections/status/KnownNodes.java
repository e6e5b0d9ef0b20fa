package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.OrganizationId;
import java.util.Optional;

/** Finds nodes, also those that are gone, for those who speak of them; no tenant sees this. */
public interface KnownNodes {

  Optional<KnownNode> node(NodeId node);

  /** The one that has, or had last, that machine. */
  Optional<KnownNode> node(String providerId);

  /** Whose node it is. */
  record KnownNode(NodeId node, ClusterId cluster, OrganizationId organization) {}
}
