package io.keelson.projections.status;

import io.keelson.commands.OperationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a run: one target that it brings to its desired state.
 *
 * @param target {@code control-plane}, {@code pool/<id>}…
 * @param startedAt null: it has not started; in a run that has ended, it never will
 * @param finishedAt null: it has not ended
 * @param detail how it ended, in one line for people; null: it has not ended, or nothing is known
 *     but its state
 * @param run the other run that does it; null: this run does it itself
 */
public record OperationStep(
    String target,
    State state,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String detail,
    @Nullable OperationId run) {

  /** Spelt in lower case at the API. */
  public enum State {
    PLANNED,
    RUNNING,
    FINISHED,
    FAILED,
    CANCELLED
  }

  public boolean ended() {
    return state != State.PLANNED && state != State.RUNNING;
  }

  OperationStep running(Instant at, @Nullable OperationId by) {
    return new OperationStep(
        target, State.RUNNING, startedAt == null ? at : startedAt, null, null, by);
  }

  OperationStep ended(State end, @Nullable String how, Instant at) {
    return new OperationStep(target, end, startedAt, at, how, run);
  }
}
