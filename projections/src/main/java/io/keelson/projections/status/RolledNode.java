package io.keelson.projections.status;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One node that a run replaces. Its name, its live phase and its version are in its own row.
 *
 * @param from the version that it has
 * @param to the version of its successor
 * @param since when it came into its state
 * @param selectedAt when its drain was requested; null: it has not been
 * @param successor the node that replaces it; null: it is not replaced yet
 */
public record RolledNode(
    NodeId id,
    KubernetesVersion from,
    KubernetesVersion to,
    State state,
    Instant since,
    @Nullable Instant selectedAt,
    @Nullable NodeId successor) {

  /** How far a node is replaced. */
  public enum State {
    PLANNED,
    /** It is drained and deleted. */
    SELECTED,
    /** It is deleted, and its successor is ready. */
    REPLACED
  }

  static RolledNode planned(NodeId id, KubernetesVersion from, KubernetesVersion to, Instant at) {
    return new RolledNode(id, from, to, State.PLANNED, at, null, null);
  }

  RolledNode selected(Instant at) {
    return state == State.PLANNED
        ? new RolledNode(id, from, to, State.SELECTED, at, at, null)
        : this;
  }

  RolledNode replaced(NodeId by, Instant at) {
    return state == State.REPLACED
        ? this
        : new RolledNode(id, from, to, State.REPLACED, at, selectedAt, by);
  }
}
