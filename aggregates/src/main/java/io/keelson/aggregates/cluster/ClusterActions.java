package io.keelson.aggregates.cluster;

import io.keelson.commands.ClusterAction;
import io.keelson.commands.OperationId;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The actions in progress, at most one of each kind.
 *
 * @param running each action with its run
 */
record ClusterActions(Map<ClusterAction, OperationId> running) {

  static final ClusterActions NONE = new ClusterActions(Map.of());

  ClusterActions {
    running = Collections.unmodifiableMap(sorted(running));
  }

  boolean isRunning(ClusterAction action) {
    return running.containsKey(action);
  }

  /** The action of a run that has not ended. */
  Optional<ClusterAction> of(OperationId operation) {
    return running.entrySet().stream()
        .filter(entry -> entry.getValue().equals(operation))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The runs that have not ended. */
  Collection<OperationId> operations() {
    return running.values();
  }

  ClusterActions started(ClusterAction action, OperationId operation) {
    Map<ClusterAction, OperationId> changed = sorted(running);
    changed.put(action, operation);
    return new ClusterActions(changed);
  }

  /** The end of a run that is not the action's newest one changes nothing. */
  ClusterActions ended(ClusterAction action, OperationId operation) {
    Map<ClusterAction, OperationId> changed = sorted(running);
    changed.remove(action, operation);
    return new ClusterActions(changed);
  }

  private static Map<ClusterAction, OperationId> sorted(Map<ClusterAction, OperationId> actions) {
    Map<ClusterAction, OperationId> sorted = new EnumMap<>(ClusterAction.class);
    sorted.putAll(actions);
    return sorted;
  }
}
