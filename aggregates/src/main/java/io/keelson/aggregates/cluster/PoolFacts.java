package io.keelson.aggregates.cluster;

import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolUpdateStarted;
import io.keelson.commands.cluster.PoolSpec;
import io.keelson.commands.operation.OperationKind;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One pool of a cluster: created, then running, changed and rolled as often as is asked for, then
 * deleting; it is forgotten once it is gone. Creation may fail (a change may mend it), and so may
 * deletion (it can be asked for again).
 *
 * @param generation that no document of it has passed
 * @param updates the operations that are changing it
 * @param roll what replaces nodes of it, while something does
 * @param inForce whether the provider has, or is being told of, what {@code spec} says
 * @param deletion the operation that deletes it, while one does
 */
record PoolFacts(
    PoolCreationStarted created,
    PoolSpec spec,
    long generation,
    Phase phase,
    Map<OperationId, Update> updates,
    @Nullable PoolRoll roll,
    PoolNodes nodes,
    boolean inForce,
    @Nullable OperationId deletion) {

  /** How many documents a roll may have: whatever is asked for later is newer than all of them. */
  static final long DOCUMENTS_OF_A_ROLL = 10_000;

  /** Always in one order, whoever made it: what is decided must not depend on it. */
  PoolFacts {
    updates = Collections.unmodifiableMap(copy(updates));
  }

  /** How far a pool has come. */
  enum Phase {
    CREATING,
    RUNNING,
    CREATION_FAILED,
    DELETING,
    DELETION_FAILED
  }

  /** One change under way. */
  record Update(long generation, boolean scales) {}

  static PoolFacts of(PoolCreationStarted e) {
    return new PoolFacts(
        e,
        e.spec(),
        e.generation(),
        Phase.CREATING,
        Map.of(),
        null,
        PoolNodes.of(e.spec().version()),
        true,
        null);
  }

  /** The operations that still run for it. */
  Set<OperationId> operations() {
    Set<OperationId> all = new TreeSet<>(BY_ID);
    all.addAll(updates.keySet());
    if (phase == Phase.CREATING) {
      all.add(created.operation());
    }
    if (roll != null) {
      all.add(roll.operation());
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
    return new PoolFacts(
        created, spec, generation, changed, updates, roll, nodes, inForce, deletion);
  }

  /** What is not there in its first form is not in force, unless it has been changed since. */
  PoolFacts creationFailed() {
    return in(Phase.CREATION_FAILED).inForce(inForce && generation > created.generation());
  }

  PoolFacts updating(PoolUpdateStarted e) {
    Map<OperationId, Update> changed = without(e.superseded());
    changed.put(e.operation(), new Update(e.generation(), e.kind() == OperationKind.SCALE));
    return new PoolFacts(
        created,
        e.after(),
        e.generation(),
        phase,
        changed,
        roll,
        nodes.removing(e.unwanted()),
        true,
        deletion);
  }

  /** Only the newest change says whether all that is asked for is in force. */
  PoolFacts updated(OperationId operation, boolean succeeded) {
    Update ended = updates.get(operation);
    PoolFacts left = with(without(List.of(operation)), roll);
    if (ended == null || ended.generation() != generation) {
      return left;
    }
    return succeeded
        ? left.in(phase == Phase.CREATION_FAILED ? Phase.RUNNING : phase)
            .with(nodes.settled())
            .inForce(true)
        : left.inForce(false);
  }

  /** Its documents, from {@code first} on, say the whole of {@code after}. */
  PoolFacts rolling(
      PoolRoll begun, PoolSpec after, long first, Collection<OperationId> superseded) {
    return new PoolFacts(
        created,
        after,
        first + DOCUMENTS_OF_A_ROLL,
        phase,
        without(superseded),
        begun,
        nodes,
        true,
        deletion);
  }

  PoolFacts upgraded(OperationId operation, boolean succeeded) {
    if (roll == null || !roll.operation().equals(operation)) {
      return this;
    }
    PoolFacts ended = with(updates, null).inForce(succeeded);
    return succeeded ? ended.with(nodes.settled().all(spec.version())) : ended;
  }

  PoolFacts replaced(OperationId operation, NodeId node, boolean succeeded) {
    if (roll == null || !roll.operation().equals(operation)) {
      return this;
    }
    PoolFacts ended = with(updates, null).inForce(succeeded);
    return succeeded ? ended.with(nodes.replaced(node)) : ended;
  }

  /** Nothing else runs for it from here on. */
  PoolFacts deleting(OperationId operation) {
    return new PoolFacts(
        created, spec, generation, Phase.DELETING, Map.of(), null, nodes, inForce, operation);
  }

  PoolFacts deletionEnded(Phase changed) {
    return new PoolFacts(created, spec, generation, changed, updates, roll, nodes, inForce, null);
  }

  private PoolFacts with(Map<OperationId, Update> changed, @Nullable PoolRoll left) {
    return new PoolFacts(created, spec, generation, phase, changed, left, nodes, inForce, deletion);
  }

  private PoolFacts with(PoolNodes changed) {
    return new PoolFacts(
        created, spec, generation, phase, updates, roll, changed, inForce, deletion);
  }

  private PoolFacts inForce(boolean changed) {
    return new PoolFacts(created, spec, generation, phase, updates, roll, nodes, changed, deletion);
  }

  private Map<OperationId, Update> without(Collection<OperationId> ended) {
    Map<OperationId, Update> left = copy(updates);
    ended.forEach(left::remove);
    return left;
  }

  private static Map<OperationId, Update> copy(Map<OperationId, Update> operations) {
    Map<OperationId, Update> copy = new TreeMap<>(BY_ID);
    copy.putAll(operations);
    return copy;
  }

  private static final Comparator<OperationId> BY_ID =
      Comparator.comparing(operation -> operation.value().toString());
}
