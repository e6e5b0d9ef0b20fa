package io.keelson.adapters.provisioning;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.keelson.commands.Id;
import io.keelson.commands.Origin;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionFinished;
import io.keelson.commands.operation.OperationEvent.Wish;
import java.time.Clock;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * Turns each wish into a scheduled call, in the transaction that takes note of the wish: nothing is
 * lost by a crash, and no slow provider holds up a neighbour. It must never call a provider itself,
 * and a replay must not make it wish again.
 */
@ProcessingGroup("provisioning")
@DisallowReplay
public final class ProvisioningReactor {

  private final SchedulerClient scheduler;
  private final Clock clock;
  private final ObserverPace pace;
  private final Runnable wake;

  /**
   * The handler of wishes.
   *
   * @param scheduler must take part in the handler's transaction
   * @param wake asks the scheduler to look for due tasks; run after the commit
   */
  public ProvisioningReactor(
      SchedulerClient scheduler, Clock clock, ObserverPace pace, Runnable wake) {
    this.scheduler = scheduler;
    this.clock = clock;
    this.pace = pace;
    this.wake = wake;
  }

  @EventHandler
  void on(Wish wish, EventMessage<?> message) {
    PendingCall call =
        new PendingCall(
            wish, Id.parse(message.getIdentifier()), Origin.of(message.getMetaData()).toMetadata());
    scheduler.scheduleIfNotExists(
        ProvisioningCallTask.DESCRIPTOR.instance(call.id()).data(call).build(), clock.instant());
    scheduler.scheduleIfNotExists(
        ClusterObserver.DESCRIPTOR
            .instance(wish.clusterId().toString())
            .data(LastLook.NONE)
            .build(),
        clock.instant().plus(pace.shortest()));
    CurrentUnitOfWork.ifStarted(unit -> unit.afterCommit(_ -> wake.run()));
  }

  /**
   * What was observed is gone for good: its observer ends. Not at once, so that the rows of its
   * last nodes, which may lag behind, have been compared.
   */
  @EventHandler
  void on(ClusterDeletionFinished event) {
    scheduler.scheduleIfNotExists(
        LastLookTask.DESCRIPTOR.instance(event.clusterId().toString()).build(),
        clock.instant().plus(pace.longest()));
  }
}
