package io.keelson.adapters.provisioning;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.Commands;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import io.keelson.commands.operation.OperationEvent.AclRequested;
import io.keelson.commands.operation.OperationEvent.AdditionalResourcesRemovalRequested;
import io.keelson.commands.operation.OperationEvent.AdminTokenResetRequested;
import io.keelson.commands.operation.OperationEvent.ClusterRemovalRequested;
import io.keelson.commands.operation.OperationEvent.ComponentsRequested;
import io.keelson.commands.operation.OperationEvent.ControlPlaneRequested;
import io.keelson.commands.operation.OperationEvent.NodeRebootRequested;
import io.keelson.commands.operation.OperationEvent.PoolRemovalRequested;
import io.keelson.commands.operation.OperationEvent.PoolRequested;
import io.keelson.commands.operation.OperationEvent.Wish;
import io.keelson.commands.provisioning.Answer;
import io.keelson.commands.provisioning.Observation;
import io.keelson.commands.provisioning.Provisioning;
import io.keelson.projections.status.Statuses;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one wish to the provider and its answer back to the operation. It may be cut off anywhere
 * and begins again from the start: the call is idempotent, and so is telling the operation.
 */
public final class ProvisioningCallTask {

  static final TaskDescriptor<PendingCall> DESCRIPTOR =
      TaskDescriptor.of("provisioning-call", PendingCall.class);

  private static final Logger LOG = LoggerFactory.getLogger(ProvisioningCallTask.class);
  private static final Duration UNSEEN_PAUSE = Duration.ofSeconds(1);
  private static final Retry<PendingCall> RETRY =
      new Retry<>(Duration.ofMillis(250), Duration.ofSeconds(15));

  private final Provisioning provisioning;
  private final Commands commands;
  private final Clock clock;
  private final Look look;

  public ProvisioningCallTask(
      Provisioning provisioning, Statuses statuses, Commands commands, Clock clock) {
    this.provisioning = provisioning;
    this.commands = commands;
    this.clock = clock;
    this.look = new Look(provisioning, statuses, commands, clock);
  }

  /** What the scheduler must know. */
  public Task<?> task() {
    return Tasks.custom(DESCRIPTOR)
        .onFailure(RETRY)
        .execute((instance, context) -> run(instance.getData(), context.getSchedulerClient()));
  }

  private CompletionHandler<PendingCall> run(PendingCall call, SchedulerClient scheduler) {
    Wish wish = call.wish();
    Answer answer = answer(wish);
    LOG.debug("{} of operation {}: {}", wish.target(), wish.operation(), answer);
    tell(call, new Input.Answered(wish.target(), wish.attempt(), answer));
    // Also after no answer: an earlier run of this call may have been accepted, and then this look
    // is the one that its operation waits for.
    if (!(answer instanceof Answer.Refused)) {
      Observation observation = provisioning.observe(wish.clusterId());
      if (observation instanceof Observation.Unreachable) {
        return (done, operations) ->
            operations.reschedule(done, done.getTimeDone().plus(UNSEEN_PAUSE));
      }
      // On record before the operation is told that something is still there: whatever was never
      // recorded could vanish unnoticed, and the operation would wait for it in vain.
      look.record(wish.clusterId(), observation);
      Sights.of(wish, observation)
          .ifPresent(sight -> tell(call, new Input.Seen(wish.target(), sight)));
      ClusterObserver.nudge(scheduler, wish.clusterId(), clock.instant());
    }
    return new CompletionHandler.OnCompleteRemove<>();
  }

  private Answer answer(Wish wish) {
    String key = wish.idempotencyKey();
    return switch (wish) {
      case ControlPlaneRequested w -> provisioning.applyCluster(w.document(), key);
      case ComponentsRequested w -> provisioning.applyComponents(w.document(), key);
      case PoolRequested w -> provisioning.applyPool(w.document(), key);
      case AclRequested w -> provisioning.applyAcl(w.document(), key);
      case NodeRebootRequested w -> provisioning.rebootNode(w.clusterId(), w.pool(), w.node(), key);
      case AdminTokenResetRequested w -> provisioning.resetAdminToken(w.clusterId(), key);
      case PoolRemovalRequested w -> provisioning.removePool(w.clusterId(), w.pool(), key);
      case AdditionalResourcesRemovalRequested w ->
          provisioning.removeAdditionalResources(w.clusterId(), key);
      case ClusterRemovalRequested w -> provisioning.removeCluster(w.clusterId(), key);
    };
  }

  private void tell(PendingCall call, Input input) {
    try {
      commands.send(new AdvanceOperation(call.wish().operation(), input), call.consequence());
    } catch (CommandRejected e) {
      LOG.info("operation {} did not take {}: {}", call.wish().operation(), input, e.reason());
    }
  }
}
