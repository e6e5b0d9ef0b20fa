package io.keelson.adapters.provisioning;

import com.github.kagkarlsson.scheduler.SchedulerState;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.keelson.commands.Backoff;
import io.keelson.commands.Commands;
import io.keelson.commands.provisioning.Provisioning;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Reads what has changed at the provider and has each changed cluster observed. One instance of the
 * application reads at a time: the reader is a scheduled task that runs for one session and is then
 * scheduled again. Another instance takes it over when its instance has stopped.
 */
public final class ObservationFeed {

  static final TaskDescriptor<Void> DESCRIPTOR = TaskDescriptor.of("observation-feed");

  private static final Backoff RETRY = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
  private static final Duration SESSION = Duration.ofSeconds(30);

  private final Provisioning provisioning;
  private final FeedTable table;
  private final ObservationPool pool;
  private final FeedSignal signal = new FeedSignal();
  private final Clock clock;
  private final Duration length;

  public ObservationFeed(
      Provisioning provisioning, Commands commands, DataSource dataSource, Clock clock) {
    this(provisioning, commands, dataSource, clock, SESSION);
  }

  ObservationFeed(
      Provisioning provisioning,
      Commands commands,
      DataSource dataSource,
      Clock clock,
      Duration length) {
    this.provisioning = provisioning;
    this.table = new FeedTable(dataSource);
    this.pool =
        new ObservationPool(
            new ObservationRecorder(provisioning, commands, dataSource, clock), table, clock);
    this.clock = clock;
    this.length = length;
  }

  /** A hint has been committed by this JVM: if the reader runs here, it reads at once. */
  public void hinted() {
    signal.give();
  }

  /** What the scheduler must start with: it schedules itself where it is not scheduled yet. */
  public CustomTask<Void> task() {
    return Tasks.custom(DESCRIPTOR)
        .scheduleOnStartup("reader", null, Function.<Instant>identity())
        .onFailure(new Retry<>(RETRY))
        .onDeadExecutionRevive()
        .execute(
            (_, context) -> {
              read(context.getSchedulerState());
              return (done, operations) -> operations.reschedule(done, done.getTimeDone());
            });
  }

  private void read(SchedulerState scheduler) {
    new FeedSession(provisioning, table, pool, signal, clock, length)
        .run(scheduler::isShuttingDown);
  }
}
