package io.keelson.adapters.provisioning;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import java.time.Duration;

/** Tries a failed task again, later each time up to a bound, for ever: nothing is ever given up. */
final class Retry<T> implements FailureHandler<T> {

  private static final int MOST_DOUBLINGS = 20;

  private final Duration first;
  private final Duration longest;

  Retry(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
  }

  @Override
  public void onFailure(ExecutionComplete failed, ExecutionOperations<T> operations) {
    int failures = failed.getExecution().consecutiveFailures;
    operations.reschedule(failed, failed.getTimeDone().plus(delayAfter(failures)));
  }

  /** How long to wait after a failure that came after so many others. */
  Duration delayAfter(int failures) {
    Duration doubled = first.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
