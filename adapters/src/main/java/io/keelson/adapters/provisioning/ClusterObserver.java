package io.keelson.adapters.provisioning;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.DbSchedulerException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Commands;
import io.keelson.commands.provisioning.Provisioning;
import io.keelson.projections.status.Statuses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at each cluster from time to time, from its first wish until its deletion is recorded.
 *
 * <p>It never ends of its own accord: a cluster that is not there may not have been applied yet,
 * and only the record of its deletion tells the two apart. That record brings the {@link
 * LastLookTask}, which ends it.
 */
public final class ClusterObserver {

  static final TaskDescriptor<LastLook> DESCRIPTOR =
      TaskDescriptor.of("observe-cluster", LastLook.class);

  private static final Logger LOG = LoggerFactory.getLogger(ClusterObserver.class);

  private final Look look;
  private final ObserverPace pace;

  public ClusterObserver(
      Provisioning provisioning,
      Statuses statuses,
      Commands commands,
      Clock clock,
      ObserverPace pace) {
    this.look = new Look(provisioning, statuses, commands, clock);
    this.pace = pace;
  }

  /** What the scheduler must know. */
  public Task<?> task() {
    return Tasks.custom(DESCRIPTOR)
        .onFailure(new Retry<>(pace.shortest(), pace.longest()))
        .execute((instance, _) -> looked(ClusterId.of(instance.getId()), instance.getData()));
  }

  /** Has a cluster looked at now instead of later; may come to nothing. */
  static void nudge(SchedulerClient scheduler, ClusterId cluster, Instant now) {
    try {
      scheduler.reschedule(DESCRIPTOR.instanceId(cluster.toString()), now);
    } catch (DbSchedulerException e) {
      // Also where somebody took it between the scheduler's look and its update.
      LOG.trace("cluster {} is looked at already, or not any more", cluster);
    }
  }

  private CompletionHandler<LastLook> looked(ClusterId cluster, LastLook last) {
    Look.Outcome outcome = look.at(cluster, last.fingerprint());
    Duration pause =
        pace.after(Duration.ofMillis(last.pauseMillis()), outcome.news(), outcome.moving());
    LastLook next = new LastLook(outcome.fingerprint(), pause.toMillis());
    return (done, operations) -> operations.reschedule(done, done.getTimeDone().plus(pause), next);
  }
}
