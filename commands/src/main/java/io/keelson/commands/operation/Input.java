package io.keelson.commands.operation;

import io.keelson.commands.CommandRejected;
import io.keelson.commands.provisioning.Result;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run is notified of. Each may come late, twice or not at all; a timer covers the last case.
 */
public sealed interface Input {

  /**
   * The provider responded to a request.
   *
   * @param request the idempotency key of the request: a response to an earlier one is stale
   */
  record Responded(Target target, String request, Result result) implements Input {}

  /** A target was observed after the provider had accepted the request for it. */
  record Observed(Target target, TargetObservation observation) implements Input {}

  /**
   * A timer fired.
   *
   * @param progress of each open request to the provider
   */
  record TimerFired(Timer timer, Map<Target, RequestProgress> progress) implements Input {

    public TimerFired {
      progress = new TreeMap<>(progress);
    }
  }

  /** A command that followed from one of the run's events was rejected. */
  record CommandRefused(String command, CommandRejected.Reason reason, String detail)
      implements Input {}

  /** One of the run's targets is no longer desired: a newer request has superseded it. */
  record Withdrawn(Target target, String reason) implements Input {}

  /**
   * A run that this one awaits has ended.
   *
   * @param failure null: it finished
   */
  record RunEnded(Target target, @Nullable String failure) implements Input {}

  /** The run should end where it stands. */
  record CancelRequested(String reason) implements Input {}
}
