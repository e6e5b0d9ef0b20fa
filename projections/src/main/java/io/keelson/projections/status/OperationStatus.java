package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.OperationKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a long process as callers see it.
 *
 * @param version the number of the last event in it, from 0
 * @param pool the one pool that it is about, if it is about one
 * @param reason why it failed or was cancelled
 */
public record OperationStatus(
    OperationId id,
    long version,
    OperationKind kind,
    ClusterId cluster,
    @Nullable PoolId pool,
    State state,
    @Nullable String reason,
    String requestedBy,
    String causeSource,
    String causeId,
    List<Step> steps,
    Instant startedAt,
    Instant updatedAt) {

  public OperationStatus {
    steps = List.copyOf(steps);
  }

  /** Spelt in lower case at the API. */
  public enum State {
    RUNNING,
    FINISHED,
    FAILED,
    CANCELLED
  }

  /**
   * One step.
   *
   * @param attempts how often the provider was asked, repeats included
   * @param detail what was last seen moving, for people
   */
  public record Step(
      String name,
      State state,
      int attempts,
      Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable String detail) {}
}
