package io.keelson.adapters.provisioning;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.keelson.commands.Id;
import io.keelson.commands.Origin;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionFinished;
import io.keelson.commands.operation.RequestEvent;
import io.keelson.commands.operation.RequestEvent.PoolObservationAwaited;
import io.keelson.commands.operation.RequestEvent.ProviderRequest;
import io.keelson.commands.operation.RequestEvent.RunAwaited;
import io.keelson.commands.operation.RunEvent;
import io.keelson.commands.operation.TargetEvent;
import io.keelson.commands.operation.TargetEvent.TargetBlocked;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetEvent.TargetFailed;
import io.keelson.commands.operation.TargetEvent.TargetWithdrawn;
import java.time.Clock;
import javax.sql.DataSource;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * Keeps the desired states and the open requests, and schedules a call for each request, in the
 * transaction of the event: a crash loses nothing, and a slow provider delays no other event. It
 * must never call a provider itself, and a replay must not repeat requests.
 */
@ProcessingGroup("provisioning")
@DisallowReplay
public final class ProvisioningReactor {

  private final SchedulerClient scheduler;
  private final DesiredTable desired;
  private final RequestTable requests;
  private final FeedTable feed;
  private final Clock clock;
  private final Runnable scheduled;
  private final Runnable hinted;

  /**
   * The handler of events.
   *
   * @param scheduler must take part in the handler's transaction
   * @param scheduled makes the scheduler poll for due tasks; run after the commit
   * @param hinted wakes the observation feed of this JVM; run after the commit
   */
  public ProvisioningReactor(
      SchedulerClient scheduler,
      DataSource dataSource,
      Clock clock,
      Runnable scheduled,
      Runnable hinted) {
    this.scheduler = scheduler;
    this.desired = new DesiredTable(dataSource);
    this.requests = new RequestTable(dataSource);
    this.feed = new FeedTable(dataSource);
    this.clock = clock;
    this.scheduled = scheduled;
    this.hinted = hinted;
  }

  @EventHandler
  void on(ClusterEvent event) {
    desired.fold(event);
    if (event instanceof ClusterCreationStarted) {
      feed.follow(event.clusterId(), clock.instant());
      afterCommit(hinted);
    } else if (event instanceof ClusterDeletionFinished) {
      feed.hint(event.clusterId());
      afterCommit(hinted);
    }
  }

  @EventHandler
  void on(RequestEvent request, EventMessage<?> message) {
    OpenRequest open =
        OpenRequest.of(
            request, Id.parse(message.getIdentifier()), Origin.of(message.getMetaData()));
    switch (request) {
      case ProviderRequest _ -> {
        requests.open(open, clock.instant(), false);
        scheduler.scheduleIfNotExists(
            ProvisioningCallTask.DESCRIPTOR.instance(open.key()).build(), clock.instant());
        afterCommit(scheduled);
      }
      case PoolObservationAwaited _ -> {
        requests.open(open, clock.instant(), true);
        feed.hint(request.clusterId());
        afterCommit(hinted);
      }
      case RunAwaited _ -> {}
    }
  }

  @EventHandler
  void on(TargetEvent event) {
    switch (event) {
      case TargetConverged _, TargetFailed _, TargetWithdrawn _ ->
          requests.close(event.operation(), event.target());
      case TargetBlocked _ -> {}
    }
  }

  @EventHandler
  void on(RunEvent.End event) {
    requests.closeAll(event.operation());
  }

  private static void afterCommit(Runnable action) {
    CurrentUnitOfWork.ifStarted(unit -> unit.afterCommit(_ -> action.run()));
  }
}
