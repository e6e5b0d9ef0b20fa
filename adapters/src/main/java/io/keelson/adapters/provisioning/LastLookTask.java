package io.keelson.adapters.provisioning;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.DbSchedulerException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Commands;
import io.keelson.commands.provisioning.Provisioning;
import io.keelson.projections.status.Statuses;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the observation of a deleted cluster: stops its observer, then looks until neither it nor
 * any of its nodes is left to be recorded.
 */
public final class LastLookTask {

  static final TaskDescriptor<Void> DESCRIPTOR = TaskDescriptor.of("end-observation");

  private static final Logger LOG = LoggerFactory.getLogger(LastLookTask.class);

  private final Look look;
  private final ObserverPace pace;

  public LastLookTask(
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
        .execute(
            (instance, context) ->
                looked(ClusterId.of(instance.getId()), context.getSchedulerClient()));
  }

  private CompletionHandler<Void> looked(ClusterId cluster, SchedulerClient scheduler) {
    if (stopped(cluster, scheduler) && look.at(cluster, "").nothingLeft()) {
      LOG.debug("cluster {} is not observed any more", cluster);
      return new CompletionHandler.OnCompleteRemove<>();
    }
    return (done, operations) ->
        operations.reschedule(done, done.getTimeDone().plus(pace.shortest()));
  }

  private static boolean stopped(ClusterId cluster, SchedulerClient scheduler) {
    try {
      scheduler.cancel(ClusterObserver.DESCRIPTOR.instanceId(cluster.toString()));
      return true;
    } catch (TaskInstanceNotFoundException e) {
      return true;
    } catch (DbSchedulerException e) {
      LOG.trace("cluster {} is being looked at", cluster);
      return false;
    }
  }
}
