package io.keelson.sagas.operation;

import io.keelson.commands.Decision.Rule;
import java.time.Duration;

/**
 * How long a run waits. A change of a number is a new version of the rule: decisions name both.
 *
 * @param progressDeadline without any change at the provider for that long, a request has failed
 *     (Cluster API has no such deadline: ours decides)
 * @param lastObservation how much longer a stalled run is given once, because the missing
 *     observations may be our own fault
 * @param drainTimeout how long the provider may report that a disruption budget or something else
 *     blocks a request (GKE: 60 min)
 * @param maxOutage how long the provider may be out of reach
 */
public record OperationRules(
    Duration progressDeadline,
    Duration lastObservation,
    Duration drainTimeout,
    Duration maxOutage) {

  /** Without progress, a run fails. */
  static final Rule PROGRESS_DEADLINE = new Rule("progress-deadline", 2);

  /** A run that makes progress is given more time. */
  static final Rule PROGRESS_OBSERVED = new Rule("progress-observed", 1);

  /** What a provider does that cannot be reached is unknown, and unknown is no failure. */
  static final Rule PROVIDER_UNREACHABLE = new Rule("provider-unreachable", 1);

  /** What is blocked is held and explained before it fails. */
  static final Rule DRAIN_TIMEOUT = new Rule("drain-timeout", 2);

  /** Runs that are awaited have deadlines of their own. */
  static final Rule AWAITED_RUN = new Rule("awaited-run", 1);

  /** The newest desired state of a target is the only one. */
  static final Rule NEWEST_DESIRED_STATE = new Rule("newest-desired-state", 1);

  public static final OperationRules DEFAULT =
      new OperationRules(
          Duration.ofMinutes(15),
          Duration.ofMinutes(1),
          Duration.ofMinutes(60),
          Duration.ofHours(12));

  /** How often the deadline may be extended because of a block. */
  int maxDrainHolds() {
    return (int) Math.max(1, drainTimeout.dividedBy(progressDeadline));
  }

  /** How often the deadline may be extended because of an outage. */
  int maxOutageHolds() {
    return (int) Math.max(1, maxOutage.dividedBy(progressDeadline));
  }

  /** What moves for ever without converging has failed too. */
  int maxProgressHolds() {
    return 2 * maxOutageHolds();
  }
}
