package io.keelson.adapters.provisioning;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import io.keelson.commands.Backoff;

/** Repeats a failed task after a backoff. It never gives up. */
record Retry<T>(Backoff backoff) implements FailureHandler<T> {

  @Override
  public void onFailure(ExecutionComplete failed, ExecutionOperations<T> operations) {
    int failures = failed.getExecution().consecutiveFailures + 1;
    operations.reschedule(failed, failed.getTimeDone().plus(backoff.after(failures)));
  }
}
