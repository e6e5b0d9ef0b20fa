package io.keelson.aggregates.pool;

import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.pool.PoolEvent.PoolCreationStarted;
import io.keelson.commands.pool.PoolEvent.PoolUpdateStarted;
import io.keelson.commands.spec.PoolSpec;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The life of one pool: creating, then running, changed and rolled as often as requested, then
 * deleting. After its deletion only its id is kept. Creation may fail (a change can complete the
 * pool), and so may deletion (it can be requested again).
 *
 * @param generation no document of the pool has a higher one
 * @param update the run that changes it; null: none does
 * @param roll the run that replaces nodes of it; null: none does
 * @param effective whether the provider has what {@code spec} says, or a run brings it there
 * @param deletion the run that deletes it; null: none does
 */
public record PoolState(
    PoolCreationStarted created,
    PoolSpec spec,
    long generation,
    Phase phase,
    @Nullable Update update,
    @Nullable PoolRoll roll,
    PoolNodes nodes,
    boolean effective,
    @Nullable OperationId deletion) {

  /** How many documents a roll may have: each later change gets a higher generation. */
  static final long DOCUMENTS_OF_A_ROLL = 10_000;

  /** How far a pool has come. */
  public enum Phase {
    CREATING,
    RUNNING,
    CREATION_FAILED,
    DELETING,
    DELETION_FAILED
  }

  /** A change that a run is making; {@code scales}: nodes are added or removed. */
  public record Update(OperationId operation, long generation, boolean scales) {

    Holder holder() {
      return new Holder(scales ? "being scaled" : "being updated", operation);
    }
  }

  static PoolState of(PoolCreationStarted e) {
    return new PoolState(
        e,
        e.spec(),
        e.generation(),
        Phase.CREATING,
        null,
        null,
        PoolNodes.of(e.spec().version()),
        true,
        null);
  }

  /** The runs for it that have not ended. */
  List<OperationId> operations() {
    return Stream.of(
            Stream.of(created.operation()).filter(_ -> phase == Phase.CREATING),
            updates().stream(),
            Stream.ofNullable(roll).map(PoolRoll::operation),
            Stream.ofNullable(deletion))
        .flatMap(operations -> operations)
        .toList();
  }

  /** The run that changes it: the next change supersedes it, since each document is whole. */
  List<OperationId> updates() {
    return update == null ? List.of() : List.of(update.operation());
  }

  boolean updates(OperationId operation) {
    return update != null && update.operation().equals(operation);
  }

  boolean scales() {
    return update != null && update.scales();
  }

  boolean creates(OperationId operation) {
    return phase == Phase.CREATING && created.operation().equals(operation);
  }

  boolean deletes(OperationId operation) {
    return operation.equals(deletion);
  }

  boolean leaving() {
    return phase == Phase.DELETING || phase == Phase.DELETION_FAILED;
  }

  /** What keeps nodes of it from being replaced now; null: nothing. */
  @Nullable Holder holderOfNodes() {
    return switch (phase) {
      case CREATING -> new Holder("being created", created.operation());
      case CREATION_FAILED -> new Holder("incomplete because its creation failed", null);
      case DELETING -> new Holder("being deleted", deletion);
      case DELETION_FAILED -> new Holder("incomplete because its deletion failed", null);
      case RUNNING -> {
        if (roll != null) {
          yield roll.holder();
        }
        yield update != null && update.scales() ? update.holder() : null;
      }
    };
  }

  PoolState in(Phase changed) {
    return new PoolState(
        created, spec, generation, changed, update, roll, nodes, effective, deletion);
  }

  /** Its first document is not effective; a later one may be. */
  PoolState creationFailed() {
    return in(Phase.CREATION_FAILED).effective(effective && generation > created.generation());
  }

  PoolState updating(PoolUpdateStarted e) {
    long newest = e.target().generation();
    return new PoolState(
        created,
        spec.with(e.after()),
        newest,
        phase,
        new Update(e.operation(), newest, e.kind() == OperationKind.SCALE),
        roll,
        nodes.removing(e.nodesToRemove()),
        true,
        deletion);
  }

  /** Only the newest change says whether all that was requested is effective. */
  PoolState updated(OperationId operation, boolean succeeded) {
    if (update == null || !update.operation().equals(operation)) {
      return this;
    }
    PoolState ended = with(null, roll);
    if (update.generation() != generation) {
      return ended;
    }
    return succeeded
        ? ended
            .in(phase == Phase.CREATION_FAILED ? Phase.RUNNING : phase)
            .with(nodes.settled())
            .effective(true)
        : ended.effective(false);
  }

  /**
   * Nodes are being replaced; the documents of the roll, from {@code first} on, are whole.
   *
   * @param left the change that continues meanwhile; null: the roll has superseded it
   */
  PoolState rolling(PoolRoll begun, PoolSpec after, long first, @Nullable Update left) {
    return new PoolState(
        created, after, first + DOCUMENTS_OF_A_ROLL, phase, left, begun, nodes, true, deletion);
  }

  PoolState upgraded(OperationId operation, boolean succeeded) {
    if (roll == null || !roll.operation().equals(operation)) {
      return this;
    }
    PoolState ended = with(update, null).effective(succeeded);
    return succeeded ? ended.with(nodes.settled().all(spec.version())) : ended;
  }

  PoolState replaced(OperationId operation, NodeId node, boolean succeeded) {
    if (roll == null || !roll.operation().equals(operation)) {
      return this;
    }
    PoolState ended = with(update, null).effective(succeeded);
    return succeeded ? ended.with(nodes.replaced(node)) : ended;
  }

  /** Its deletion ends every other run for it. */
  PoolState deleting(OperationId operation) {
    return new PoolState(
        created, spec, generation, Phase.DELETING, null, null, nodes, effective, operation);
  }

  PoolState deletionEnded(Phase changed) {
    return new PoolState(created, spec, generation, changed, update, roll, nodes, effective, null);
  }

  private PoolState with(@Nullable Update left, @Nullable PoolRoll leftRoll) {
    return new PoolState(
        created, spec, generation, phase, left, leftRoll, nodes, effective, deletion);
  }

  private PoolState with(PoolNodes changed) {
    return new PoolState(
        created, spec, generation, phase, update, roll, changed, effective, deletion);
  }

  private PoolState effective(boolean changed) {
    return new PoolState(created, spec, generation, phase, update, roll, nodes, changed, deletion);
  }
}
