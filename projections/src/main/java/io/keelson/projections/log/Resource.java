package io.keelson.projections.log;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The thing that a request was about, named as the Audit Trail API names types; it is told from the
 * first event that followed.
 *
 * @param type null where the request was about no single thing
 */
record Resource(@Nullable String type, @Nullable String id) {

  private static final String NODE = "kube_node";

  /**
   * Tells it. The subject of an event is what stands before its type's dot; some events are about a
   * part of that.
   *
   * @param action the API's operation
   */
  static Resource of(Facts facts, String action) {
    String type = facts.entry.type();
    if (type.startsWith("pool.node-replacement-")) {
      return new Resource(NODE, text(facts.node()));
    }
    if (type.startsWith("cluster.acl-change-")) {
      return new Resource("kube_acl", text(rule(facts)));
    }
    UUID removed = type.equals("pool.update-started") ? removed(facts, action) : null;
    return removed == null ? ofSubject(facts) : new Resource(NODE, text(removed));
  }

  private static Resource ofSubject(Facts facts) {
    String type = facts.entry.type();
    return switch (type.substring(0, Math.max(0, type.indexOf('.')))) {
      case "pool" -> new Resource("kube_pool", facts.text("pool"));
      case "node" -> new Resource(NODE, text(facts.node()));
      case "access" ->
          facts.text("access_key") == null
              ? new Resource("organization", text(facts.organization()))
              : new Resource("iam_api_key", facts.text("access_key"));
      // Open on purpose: what a newer program names is at least about its cluster.
      default ->
          facts.cluster() == null
              ? new Resource(null, null)
              : new Resource("kube_cluster", text(facts.cluster()));
    };
  }

  /** The one rule that came or went; rules that came or went together are their cluster's. */
  private static @Nullable UUID rule(Facts facts) {
    Set<UUID> before = new HashSet<>(facts.ids("before"));
    Set<UUID> after = new HashSet<>(facts.ids("after"));
    Set<UUID> moved = new HashSet<>(before);
    moved.addAll(after);
    before.retainAll(after);
    moved.removeAll(before);
    return moved.size() == 1 ? moved.iterator().next() : facts.cluster();
  }

  /**
   * The node that a pool is to lose: the last of those that go, the others having been asked for
   * before. Null where one that goes already was asked for once more, for it may be any of them.
   */
  private static @Nullable UUID removed(Facts facts, String action) {
    List<UUID> unwanted = facts.ids("unwanted");
    boolean told =
        unwanted.size() == 1 || facts.number("/after/size") < facts.number("/before/size");
    return action.endsWith("Node") && told && !unwanted.isEmpty() ? unwanted.getLast() : null;
  }

  private static @Nullable String text(@Nullable UUID id) {
    return id == null ? null : id.toString();
  }
}
