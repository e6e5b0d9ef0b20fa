package io.keelson.infra.app.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.zaxxer.hikari.HikariDataSource;
import io.keelson.adapters.simulator.Faults;
import io.keelson.adapters.simulator.Simulator;
import io.keelson.commands.Command;
import io.keelson.commands.Commands;
import io.keelson.commands.Commands.Receipt;
import io.keelson.commands.OperationId;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import io.keelson.commands.operation.Timer;
import io.keelson.infra.app.store.InstanceName;
import io.keelson.infra.secrets.KeyEncryptionKey;
import io.keelson.infra.secrets.PostgresSecrets;
import io.keelson.infra.testing.Promise;
import io.keelson.infra.testing.TestPostgres;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;

@Timeout(180)
class TimerTakeoverTest {

  private final Clock clock = Clock.systemUTC();
  private final HikariDataSource database = new HikariDataSource();
  private final List<Command> sent = new CopyOnWriteArrayList<>();
  private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

  @AfterEach
  void close() {
    beans.getBean(Scheduler.class).stop();
    database.close();
  }

  @Test
  void tasks_of_a_killed_instance_continue_within_ten_seconds() throws InterruptedException {
    database.setDataSource(
        TestPostgres.database("eventstore", "secrets", "provisioning", "simulator"));
    JdbcTemplate jdbc = new JdbcTemplate(database);
    OperationId operation = new OperationId(UUID.randomUUID());
    jdbc.update(
        """
        insert into eventstore.scheduled_task
          (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat, version)
        values ('operation-timer', ?, now(), true, 'killed', now(), 1)
        """,
        operation + "/progress-deadline/7");
    Promise promise = Promise.within(Duration.ofSeconds(10));
    start();

    await().atMost(promise.timeout()).until(() -> !sent.isEmpty());
    promise.kept("what a killed instance had begun went on");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                jdbc.queryForList(
                        "select 1 from eventstore.scheduled_task where task_name ="
                            + " 'operation-timer'")
                    .isEmpty());
    assertThat(sent)
        .containsExactly(
            new AdvanceOperation(
                operation, new Input.TimerFired(new Timer.ProgressDeadline(7), Map.of())));
  }

  private void start() {
    Commands commands =
        (command, _) -> {
          sent.add(command);
          return new Receipt(command.stream(), 0, List.of());
        };
    Simulator provider = new Simulator(database, clock, 40, new Faults(1, Map.of()));
    TimerConfiguration configuration = new TimerConfiguration();
    Scheduler scheduler =
        configuration.scheduler(
            database,
            new InstanceName("living"),
            clock,
            commands,
            provider,
            PostgresSecrets.open(database, KeyEncryptionKey.generate()),
            configuration.timers(
                commands,
                configuration.progressReports(database, clock),
                clock,
                beans.getBeanProvider(Scheduler.class)),
            configuration.observationFeed(provider, commands, database, clock));
    beans.registerSingleton("scheduler", scheduler);
    scheduler.start();
  }
}
