package io.keelson.sagas.operation;

import java.time.Duration;

/**
 * How long a run waits. A change of a number is a new version of the rule: decisions name both.
 *
 * @param progressDeadline without any movement at the provider, a wish has failed (Cluster API has
 *     no such deadline of its own: ours decides)
 * @param lastLook what a standstill is given before it is judged: it may have been ours, and the
 *     provider be further than we know
 * @param drainTimeout what the provider says is blocked, by a disruption budget or otherwise, is
 *     waited for that long (GKE: 60 min)
 * @param longestOutage a provider that stays out of reach for that long fails the run
 * @param firstRetry pause after the first unanswered attempt; doubles
 * @param longestRetry the longest pause between two attempts
 */
public record OperationRules(
    Duration progressDeadline,
    Duration lastLook,
    Duration drainTimeout,
    Duration longestOutage,
    Duration firstRetry,
    Duration longestRetry) {

  static final String PROGRESS_RULE = "progress-deadline";
  static final int PROGRESS_RULE_VERSION = 1;

  /** What was wanted of a target last is what holds. */
  static final String NEWEST_WISH_RULE = "newest-wish";

  static final int NEWEST_WISH_RULE_VERSION = 1;

  /** Kubernetes' version skew policy. */
  static final String SKEW_RULE = "version-skew";

  static final int SKEW_RULE_VERSION = 1;

  /** As many nodes stay ready as the policy of their pool wants. */
  static final String ROLLING_RULE = "rolling-update";

  static final int ROLLING_RULE_VERSION = 1;

  /** Fewer nodes too many where the provider has none to spare. */
  static final String SURGE_RULE = "surge-fallback";

  static final int SURGE_RULE_VERSION = 1;

  /** What is blocked is held and explained before it is given up. */
  static final String DRAIN_RULE = "drain-timeout";

  static final int DRAIN_RULE_VERSION = 1;

  /** What others do is waited for: they have deadlines of their own. */
  static final String AWAITED_RULE = "awaited-run";

  static final int AWAITED_RULE_VERSION = 1;

  public static final OperationRules DEFAULT =
      new OperationRules(
          Duration.ofMinutes(15),
          Duration.ofMinutes(1),
          Duration.ofMinutes(60),
          Duration.ofHours(12),
          Duration.ofMillis(500),
          Duration.ofSeconds(30));

  /** The pause after an attempt, numbered from 1. */
  Duration pauseAfter(int attempt) {
    int doublings = Math.min(attempt - 1, 20);
    Duration pause = firstRetry.multipliedBy(1L << doublings);
    return pause.compareTo(longestRetry) < 0 ? pause : longestRetry;
  }

  /** What moves for ever without arriving has failed too. */
  int mostWatches() {
    return 2 * mostHolds();
  }

  int mostDrainHolds() {
    return (int) Math.max(1, drainTimeout.dividedBy(progressDeadline));
  }

  int mostHolds() {
    return (int) Math.max(1, longestOutage.dividedBy(progressDeadline));
  }
}
