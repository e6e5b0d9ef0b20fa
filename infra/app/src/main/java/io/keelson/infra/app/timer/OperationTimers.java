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
import io.keelson.sagas.operation.Timers;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timers of operations, stored by db-scheduler. A timer may fire twice, or after it has become
 * obsolete: the operation recognizes both by the number.
 */
final class OperationTimers implements Timers {

  private static final Logger LOG = LoggerFactory.getLogger(OperationTimers.class);
  private static final Pattern INSTANCE = Pattern.compile("([0-9a-f-]{36})/(\\d+)/(.+)");
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Commands commands;
  private final Clock clock;
  private final Supplier<SchedulerClient> scheduler;

  /**
   * @param scheduler a supplier, since the scheduler is built with the task of this object
   */
  OperationTimers(Commands commands, Clock clock, Supplier<SchedulerClient> scheduler) {
    this.commands = commands;
    this.clock = clock;
    this.scheduler = scheduler;
  }

  OneTimeTask<Void> task() {
    return Tasks.oneTime("operation-timer")
        .onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY))
        .execute((instance, _) -> fire(instance.getId()));
  }

  @Override
  public void set(OperationId operation, String timer, int number, Duration after) {
    scheduler
        .get()
        .scheduleIfNotExists(
            task().instance(operation + "/" + number + "/" + timer), clock.instant().plus(after));
  }

  private void fire(String instance) {
    Matcher m = INSTANCE.matcher(instance);
    if (!m.matches()) {
      throw new IllegalArgumentException("not a timer of an operation: " + instance);
    }
    OperationId operation = OperationId.of(m.group(1));
    Input fired = new Input.TimerFired(m.group(3), Integer.parseInt(m.group(2)));
    try {
      commands.send(
          new AdvanceOperation(operation, fired), Origin.system("timers", Origin.TIMERS, instance));
    } catch (CommandRejected e) {
      LOG.warn("operation {} rejected a timer: {}", operation, e.getMessage());
    }
  }
}
