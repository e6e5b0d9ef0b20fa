package io.keelson.infra.app.timer;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.Commands;
import io.keelson.commands.OperationId;
import io.keelson.commands.Origin;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import io.keelson.commands.operation.ProgressReports;
import io.keelson.commands.operation.Timer;
import io.keelson.sagas.operation.Timers;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timers of operations, stored by db-scheduler. A timer may fire twice, or after it has become
 * stale: the operation recognizes both.
 */
final class OperationTimers implements Timers {

  private static final Logger LOG = LoggerFactory.getLogger(OperationTimers.class);
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Commands commands;
  private final ProgressReports progress;
  private final Clock clock;
  private final Supplier<SchedulerClient> scheduler;

  /**
   * @param progress how far the open requests of a run have come when its timer fires
   * @param scheduler a supplier, since the scheduler is built with the task of this object
   */
  OperationTimers(
      Commands commands,
      ProgressReports progress,
      Clock clock,
      Supplier<SchedulerClient> scheduler) {
    this.commands = commands;
    this.progress = progress;
    this.clock = clock;
    this.scheduler = scheduler;
  }

  OneTimeTask<Void> task() {
    return Tasks.oneTime("operation-timer")
        .onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY))
        .execute((instance, _) -> fire(instance.getId()));
  }

  @Override
  public void set(OperationId operation, Timer timer, Duration after) {
    scheduler
        .get()
        .scheduleIfNotExists(
            task().instance(operation + "/" + timer.encode()), clock.instant().plus(after));
  }

  private void fire(String instance) {
    int slash = instance.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("not a timer of an operation: " + instance);
    }
    OperationId operation = OperationId.of(instance.substring(0, slash));
    Timer timer = Timer.parse(instance.substring(slash + 1));
    Input fired = new Input.TimerFired(timer, progress.of(operation));
    try {
      commands.send(
          new AdvanceOperation(operation, fired), Origin.system("timers", Origin.TIMERS, instance));
    } catch (CommandRejected e) {
      LOG.warn("operation {} rejected a timer: {}", operation, e.getMessage());
    }
  }
}
