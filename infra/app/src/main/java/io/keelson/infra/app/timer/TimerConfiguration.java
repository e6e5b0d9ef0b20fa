package io.keelson.infra.app.timer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import io.keelson.adapters.provisioning.ClusterObserver;
import io.keelson.adapters.provisioning.LastLookTask;
import io.keelson.adapters.provisioning.ObservationHints;
import io.keelson.adapters.provisioning.ObserverPace;
import io.keelson.adapters.provisioning.ProvisioningCallTask;
import io.keelson.adapters.provisioning.TaskDataSerializer;
import io.keelson.commands.Commands;
import io.keelson.commands.provisioning.Provisioning;
import io.keelson.infra.app.store.InstanceName;
import io.keelson.projections.status.Statuses;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** The scheduler and its tasks: timers of operations, provider calls, polls of clusters. */
@Configuration(proxyBeanMethods = false)
class TimerConfiguration {

  private static final int THREADS = 16;
  private static final Duration POLL = Duration.ofMillis(200);

  /**
   * Another instance takes over a task after five missed heartbeats. The scheduler searches for
   * such tasks at every second heartbeat.
   */
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private static final int MISSED_HEARTBEATS = 5;

  @Bean
  OperationTimers timers(Commands commands, Clock clock, ObjectProvider<Scheduler> scheduler) {
    return new OperationTimers(commands, clock, scheduler::getObject);
  }

  @Bean
  ObserverPace observerPace() {
    return ObserverPace.DEFAULT;
  }

  /**
   * Schedules inside the transaction of the caller. {@code BackgroundWork} starts and stops it, so
   * the context must not.
   */
  @Bean(destroyMethod = "")
  Scheduler scheduler(
      DataSource dataSource,
      InstanceName instance,
      Clock clock,
      Commands commands,
      Provisioning provisioning,
      Statuses statuses,
      OperationTimers timers,
      ObserverPace pace) {
    List<Task<?>> tasks =
        List.of(
            timers.task(),
            new ProvisioningCallTask(provisioning, statuses, commands, clock).task(),
            new ClusterObserver(provisioning, statuses, commands, clock, pace).task(),
            new LastLookTask(provisioning, statuses, commands, clock, pace).task());
    return Scheduler.create(new TransactionAwareDataSourceProxy(dataSource), tasks)
        .tableName("eventstore.scheduled_task")
        .schedulerName(instance::value)
        .serializer(new TaskDataSerializer())
        .threads(THREADS)
        .pollingInterval(POLL)
        .pollUsingLockAndFetch(0.5, 1.0)
        .heartbeatInterval(HEARTBEAT)
        .missedHeartbeatsLimit(MISSED_HEARTBEATS)
        .shutdownMaxWait(Duration.ofSeconds(1))
        .build();
  }

  @Bean
  ObservationHints observationHints(Provisioning provisioning, Scheduler scheduler, Clock clock) {
    return new ObservationHints(
        provisioning, (SchedulerClient) scheduler, clock, scheduler::triggerCheckForDueExecutions);
  }
}
