package io.keelson.aggregates.cluster;

import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateStarted;
import io.keelson.commands.cluster.PoolSpec;
import io.keelson.commands.operation.OperationKind;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One pool of a cluster: created, then running, changed as often as is asked for, then deleting; it
 * is forgotten once it is gone. Creation may fail (a change may mend it), and so may deletion (it
 * can be asked for again).
 *
 * @param updates the operations that are changing it
 * @param inForce whether the provider has, or is being told of, what {@code spec} says
 * @param deletion the operation that deletes it, while one does
 */
record PoolFacts(
    PoolCreationStarted created,
    PoolSpec spec,
    long generation,
    Phase phase,
    Map<OperationId, Update> updates,
    boolean inForce,
    @Nullable OperationId deletion) {

  /** Always in one order, whoever made it: what is decided must not depend on it. */
  PoolFacts {
    updates = Collections.unmodifiableMap(copy(updates));
  }

  /** How far a pool has come. */
  enum Phase {
    CREATING,
    RUNNING,
    CREATION_FAILED,
    UPGRADING,
    DELETING,
    DELETION_FAILED
  }

  /** One change under way. */
  record Update(long generation, boolean scales) {}

  static PoolFacts of(PoolCreationStarted e) {
    return new PoolFacts(e, e.spec(), e.generation(), Phase.CREATING, Map.of(), true, null);
  }

  /** The operations that still run for it. */
  Set<OperationId> operations() {
    Set<OperationId> all = new TreeSet<>(BY_ID);
    all.addAll(updates.keySet());
    if (phase == Phase.CREATING) {
      all.add(created.operation());
    }
    if (deletion != null) {
      all.add(deletion);
    }
    return all;
  }

  /** The changes of its size that still run. */
  List<OperationId> scalings() {
    return updates.entrySet().stream()
        .filter(e -> e.getValue().scales())
        .map(Map.Entry::getKey)
        .toList();
  }

  boolean owesCreation(OperationId operation) {
    return phase == Phase.CREATING && created.operation().equals(operation);
  }

  boolean leaving() {
    return phase == Phase.DELETING || phase == Phase.DELETION_FAILED;
  }

  PoolFacts in(Phase changed) {
    return new PoolFacts(created, spec, generation, changed, updates, inForce, deletion);
  }

  /** What is not there in its first form is not in force, unless it has been changed since. */
  PoolFacts creationFailed() {
    return new PoolFacts(
        created,
        spec,
        generation,
        Phase.CREATION_FAILED,
        updates,
        inForce && generation > created.generation(),
        deletion);
  }

  PoolFacts updating(PoolUpdateStarted e) {
    Map<OperationId, Update> changed = copy(updates);
    e.superseded().forEach(changed::remove);
    changed.put(e.operation(), new Update(e.generation(), e.kind() == OperationKind.SCALE));
    return new PoolFacts(created, e.after(), e.generation(), phase, changed, true, deletion);
  }

  /** Only the newest change says whether all that is asked for is in force. */
  PoolFacts updated(OperationId operation, boolean succeeded) {
    Map<OperationId, Update> changed = copy(updates);
    Update ended = changed.remove(operation);
    boolean newest = ended != null && ended.generation() == generation;
    return new PoolFacts(
        created,
        spec,
        generation,
        newest && succeeded && phase == Phase.CREATION_FAILED ? Phase.RUNNING : phase,
        changed,
        newest ? succeeded : inForce,
        deletion);
  }

  /** Nothing else runs for it from here on. */
  PoolFacts deleting(OperationId operation) {
    return new PoolFacts(created, spec, generation, Phase.DELETING, Map.of(), inForce, operation);
  }

  PoolFacts deletionEnded(Phase changed) {
    return new PoolFacts(created, spec, generation, changed, updates, inForce, null);
  }

  private static Map<OperationId, Update> copy(Map<OperationId, Update> operations) {
    Map<OperationId, Update> copy = new TreeMap<>(BY_ID);
    copy.putAll(operations);
    return copy;
  }

  private static final Comparator<OperationId> BY_ID =
      Comparator.comparing(operation -> operation.value().toString());
}
