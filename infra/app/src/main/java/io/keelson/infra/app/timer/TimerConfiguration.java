package io.keelson.infra.app.timer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import io.keelson.adapters.provisioning.ObservationFeed;
import io.keelson.adapters.provisioning.ProvisioningCallTask;
import io.keelson.adapters.provisioning.ProvisioningProgress;
import io.keelson.adapters.provisioning.TaskDataSerializer;
import io.keelson.commands.Commands;
import io.keelson.commands.operation.ProgressReports;
import io.keelson.commands.provisioning.Provisioning;
import io.keelson.commands.secret.Secrets;
import io.keelson.infra.app.store.InstanceName;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** The scheduler and its tasks: timers of operations, provider calls, the observation feed. */
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
  OperationTimers timers(
      Commands commands,
      ProgressReports progress,
      Clock clock,
      ObjectProvider<Scheduler> scheduler) {
    return new OperationTimers(commands, progress, clock, scheduler::getObject);
  }

  @Bean
  ProgressReports progressReports(DataSource dataSource, Clock clock) {
    return new ProvisioningProgress(dataSource, clock);
  }

  @Bean
  ObservationFeed observationFeed(
      Provisioning provisioning, Commands commands, DataSource dataSource, Clock clock) {
    return new ObservationFeed(provisioning, commands, dataSource, clock);
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
      Secrets secrets,
      OperationTimers timers,
      ObservationFeed feed) {
    List<Task<?>> tasks =
        List.of(
            timers.task(),
            new ProvisioningCallTask(
                    provisioning, secrets, commands, dataSource, clock, feed::hinted)
                .task());
    return Scheduler.create(new TransactionAwareDataSourceProxy(dataSource), tasks)
        .startTasks(feed.task())
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
}
