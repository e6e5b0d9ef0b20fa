package io.keelson.adapters.provisioning;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.keelson.commands.OperationId;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The runs whose start is part of a desired state and which have not ended. A request of another
 * run must not be sent: either the event that started the run is not folded yet, so that the
 * desired state is too old, or the run has been superseded.
 */
record Runs(@JsonValue List<OperationId> running) {

  static final Runs NONE = new Runs(List.of());

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  Runs {
    running = List.copyOf(running);
  }

  boolean contains(OperationId run) {
    return running.contains(run);
  }

  /** The same with one more run. */
  Runs started(OperationId run) {
    return contains(run)
        ? this
        : new Runs(Stream.concat(running.stream(), Stream.of(run)).toList());
  }

  /** The same without some runs. */
  Runs ended(Collection<OperationId> runs) {
    return new Runs(running.stream().filter(run -> !runs.contains(run)).toList());
  }

  Runs ended(OperationId run) {
    return ended(List.of(run));
  }
}
