package io.keelson.projections.log;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The resource that a request was about, with the types of the Audit Trail API. It follows from the
 * first event of the request.
 *
 * @param type null: the request was about no single resource
 */
record Resource(@Nullable String type, @Nullable String id) {

  private static final String NODE = "kube_node";

  /**
   * The resource of an event. Its subject is the part of its type before the dot; some events are
   * about a part of their subject.
   *
   * @param action the API's operation
   */
  static Resource of(EntryFacts facts, String action) {
    String type = facts.entry.type();
    if (type.startsWith("pool.node-replacement-")) {
      return new Resource(NODE, text(facts.node()));
    }
    if (type.startsWith("cluster.acl-change-")) {
      return new Resource("kube_acl", text(rule(facts)));
    }
    UUID rechanged = type.equals("pool.update-started") ? rechanged(facts, action) : null;
    return rechanged == null ? ofSubject(facts) : new Resource(NODE, text(rechanged));
  }

  private static Resource ofSubject(EntryFacts facts) {
    String type = facts.entry.type();
    return switch (type.substring(0, Math.max(0, type.indexOf('.')))) {
      case "pool" -> new Resource("kube_pool", facts.text("pool"));
      case "node" -> new Resource(NODE, text(facts.node()));
      case "access" ->
          facts.text("access_key") == null
              ? new Resource("organization", text(facts.organization()))
              : new Resource("iam_api_key", facts.text("access_key"));
      // Open on purpose: an event of a newer program is at least about its cluster.
      default ->
          facts.cluster() == null
              ? new Resource(null, null)
              : new Resource("kube_cluster", text(facts.cluster()));
    };
  }

  /** The one rule that was added or deleted; several rules at once belong to their cluster. */
  private static @Nullable UUID rule(EntryFacts facts) {
    Set<UUID> before = new HashSet<>(facts.ids("before"));
    Set<UUID> after = new HashSet<>(facts.ids("after"));
    Set<UUID> changed = new HashSet<>(before);
    changed.addAll(after);
    before.retainAll(after);
    changed.removeAll(before);
    return changed.size() == 1 ? changed.iterator().next() : facts.cluster();
  }

  /**
   * The node that this request removes: the last in the list, since earlier requests added the
   * others. Null if the node was already being removed: the event does not say which one was meant.
   */
  private static @Nullable UUID rechanged(EntryFacts facts, String action) {
    List<UUID> nodes = facts.ids("nodes_to_remove");
    boolean known = nodes.size() == 1 || facts.number("/after/size") < facts.number("/before/size");
    return action.endsWith("Node") && known && !nodes.isEmpty() ? nodes.getLast() : null;
  }

  private static @Nullable String text(@Nullable UUID id) {
    return id == null ? null : id.toString();
  }
}
