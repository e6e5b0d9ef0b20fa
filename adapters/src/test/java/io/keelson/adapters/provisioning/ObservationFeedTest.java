package io.keelson.adapters.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.commands.Command;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterAbsent;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
import io.keelson.commands.node.NodeCommand.RecordNodeAbsent;
import io.keelson.commands.node.NodeCommand.RecordNodeObserved;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.RequestEvent.ClusterRemovalRequested;
import io.keelson.commands.operation.RequestEvent.PoolObservationAwaited;
import io.keelson.commands.operation.RequestEvent.RunAwaited;
import io.keelson.commands.operation.RequestProgress;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetObservation;
import io.keelson.commands.provisioning.Observation;
import io.keelson.commands.provisioning.Result;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** From a change at the provider to commands and inputs, over a real database. */
class ObservationFeedTest {

  private final DataSource database = PooledDatabase.of("eventstore", "provisioning");
  private final ScriptedProvisioning provisioning = new ScriptedProvisioning();
  private final RecordingCommands commands = new RecordingCommands();
  private final SettableClock clock = new SettableClock();
  private final Facts facts = new Facts();
  private final NodeId node = Facts.newNode();
  private Workshop workshop;

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(20));
  }

  @BeforeEach
  void open() {
    workshop = workshop(database);
  }

  @AfterEach
  void close() {
    workshop.close();
  }

  private Workshop workshop(DataSource source) {
    return new Workshop(
        source,
        provisioning,
        new MemorySecrets(),
        commands,
        Clock.systemUTC(),
        Duration.ofSeconds(30));
  }

  private boolean recorded(Class<? extends Command> type, int times) {
    return commands.sent(type).size() == times;
  }

  /** Started, with a cluster that was observed as absent once. */
  private void running() {
    workshop.scheduler.start();
    workshop.happens(facts.clusterCreation(), facts.poolCreation());
    soon().until(() -> workshop.count("provisioning.observed where due_at > now()") == 1);
    soon().until(() -> workshop.count("provisioning.feed where cursor <> ''") == 1);
  }

  /** Returns once everything that was reported before has been recorded. */
  private void barrier() {
    Facts other = new Facts();
    workshop.happens(other.clusterCreation());
    provisioning.shows(other.cluster, other.shows(3));
    soon()
        .until(
            () ->
                commands.sent(RecordClusterObserved.class).stream()
                    .anyMatch(c -> c.clusterId().equals(other.cluster)));
    soon().until(() -> workshop.count("provisioning.hint") == 0);
  }

  @Test
  void a_change_is_recorded_with_its_nodes_first() {
    running();
    provisioning.shows(facts.cluster, facts.shows(3, facts.observedNode(node, NodePhase.CREATING)));

    soon().until(() -> recorded(RecordClusterObserved.class, 1));
    assertThat(commands.recorded())
        .extracting(Command::stream)
        .containsExactly(node, facts.cluster);
    assertThat(commands.sent().getFirst().origin().principal()).isEqualTo("system:observer");
    assertThat(commands.sent())
        .extracting(sent -> sent.origin().correlationId())
        .containsOnly(commands.sent().getFirst().origin().correlationId());
  }

  @Test
  void levels_make_no_commands() {
    running();
    provisioning.shows(facts.cluster, facts.shows(3, facts.observedNode(node, NodePhase.READY)));
    soon().until(() -> recorded(RecordClusterObserved.class, 1));

    provisioning.shows(
        facts.cluster, facts.shows(2, facts.observedNode(node, NodePhase.READY, "pressure")));

    barrier();
    assertThat(commands.sent(RecordNodeObserved.class)).hasSize(1);
    assertThat(commands.recorded()).hasSize(3);
  }

  @Test
  void a_node_that_is_not_shown_any_more_is_absent() {
    running();
    provisioning.shows(facts.cluster, facts.shows(3, facts.observedNode(node, NodePhase.READY)));
    soon().until(() -> recorded(RecordClusterObserved.class, 1));

    provisioning.shows(facts.cluster, facts.shows(3));

    soon().until(() -> recorded(RecordNodeAbsent.class, 1));
    assertThat(workshop.count("provisioning.observed_node")).isZero();
  }

  @Test
  void a_cluster_is_observed_through_its_deletion_and_never_again() {
    running();
    provisioning.shows(facts.cluster, facts.shows(3, facts.observedNode(node, NodePhase.READY)));
    soon().until(() -> recorded(RecordClusterObserved.class, 1));
    OperationId run = Facts.run();
    workshop.happens(new ClusterRemovalRequested(run, facts.cluster));
    soon().until(() -> workshop.calls() == 0);
    provisioning.shows(facts.cluster, new Observation.Absent());

    soon()
        .until(
            () ->
                commands.inputs(Input.Observed.class).stream()
                    .anyMatch(
                        input ->
                            input.observation().equals(new TargetObservation.OfCluster(true))));
    assertThat(commands.recorded().subList(2, 4))
        .containsExactly(
            new RecordNodeAbsent(node, facts.cluster), new RecordClusterAbsent(facts.cluster));

    workshop.happens(Ends.converged(facts, run, Target.CLUSTER), facts.deletion());
    soon().until(() -> workshop.count("provisioning.observed") == 0);
    assertThat(workshop.count("provisioning.desired")).isZero();
    assertThat(workshop.count("provisioning.request")).isZero();
    barrier();
    int observations = provisioning.observations(facts.cluster);
    provisioning.changes(facts.cluster);
    barrier();
    assertThat(provisioning.observations(facts.cluster)).isEqualTo(observations);
    assertThat(commands.recorded().stream().filter(c -> c.stream().equals(facts.cluster)))
        .hasSize(2);
  }

  @Test
  void a_run_gets_each_different_part_once_and_only_after_the_acknowledgement() {
    CountDownLatch accept = new CountDownLatch(1);
    provisioning.responds(
        _ -> {
          awaitQuietly(accept);
          return new Result.Accepted("uid", 1);
        });
    running();
    workshop.happens(facts.poolRequest(facts.creation, 1));
    provisioning.shows(facts.cluster, facts.shows(1));
    barrier();
    assertThat(commands.inputs(Input.Observed.class)).isEmpty();

    accept.countDown();
    soon().until(() -> commands.inputs(Input.Observed.class).size() == 1);
    provisioning.changes(facts.cluster);
    barrier();
    assertThat(commands.inputs(Input.Observed.class)).hasSize(1);
    RequestProgress before = progress();

    provisioning.shows(facts.cluster, facts.shows(2));
    soon().until(() -> commands.inputs(Input.Observed.class).size() == 2);
    assertThat(commands.inputs(Input.Observed.class).getLast())
        .isEqualTo(
            new Input.Observed(
                Target.pool(facts.pool),
                new TargetObservation.OfPool(facts.observedPool(2), List.of())));
    soon().until(() -> !progress().summary().equals(before.summary()));
    assertThat(before.acknowledged()).isTrue();
    assertThat(progress().summary()).isEqualTo("2 of 2 nodes ready at 1.35.3");
  }

  private RequestProgress progress() {
    return Objects.requireNonNull(
        new ProvisioningProgress(database, Clock.systemUTC())
            .of(facts.creation)
            .get(Target.pool(facts.pool)));
  }

  @Test
  void progress_is_unchanged_for_as_long_as_the_part_is() {
    running();
    provisioning.shows(facts.cluster, facts.shows(1));
    workshop.happens(facts.poolRequest(facts.creation, 1));
    // The levels are written after the run has got its part.
    soon().until(() -> !progress().summary().isEmpty());
    assertThat(commands.inputs(Input.Observed.class)).hasSize(1);
    new JdbcTemplate(database)
        .update("update provisioning.request set last_progress_at = now() - interval '1 hour'");

    provisioning.changes(facts.cluster);
    barrier();
    assertThat(progress().unchangedFor()).isGreaterThan(Duration.ofMinutes(59));

    provisioning.shows(facts.cluster, facts.shows(2));
    soon().until(() -> progress().unchangedFor().compareTo(Duration.ofMinutes(59)) < 0);
  }

  @Test
  void a_run_that_only_awaits_an_observation_gets_the_next_one_without_a_call() {
    running();
    provisioning.hides(facts.cluster, facts.shows(2));
    workshop.happens(
        new RunAwaited(Facts.run(), facts.cluster, Target.pool(facts.pool), Facts.run()),
        new PoolObservationAwaited(facts.creation, facts.cluster, facts.pool));

    soon().until(() -> commands.inputs(Input.Observed.class).size() == 1);
    assertThat(provisioning.calls()).isEmpty();
    assertThat(workshop.count("provisioning.request")).isEqualTo(1);
  }

  @Test
  void a_back_end_that_cannot_be_reached_is_observed_later_and_nothing_fails() {
    AtomicInteger fog = new AtomicInteger(4);
    provisioning.overrides(
        _ -> fog.getAndDecrement() > 0 ? new Observation.Unreachable("fog") : null);
    workshop.scheduler.start();
    workshop.happens(facts.clusterCreation());
    provisioning.hides(facts.cluster, facts.shows(3));

    soon().until(() -> recorded(RecordClusterObserved.class, 1));
    soon().until(() -> workshop.count("provisioning.observed where failures = 0") == 1);
    assertThat(commands.recorded()).hasSize(1);
  }

  @Test
  void a_command_that_is_rejected_is_sent_again_with_the_next_observation() {
    AtomicBoolean reject = new AtomicBoolean(true);
    commands.before(
        _ -> {
          if (reject.get()) {
            throw new CommandRejected(CommandRejected.Reason.NOT_FOUND, "unknown");
          }
        });
    running();
    provisioning.shows(facts.cluster, facts.shows(3, facts.observedNode(node, NodePhase.READY)));
    soon().until(() -> workshop.count("provisioning.feed where cursor = '1'") == 1);
    reject.set(false);

    provisioning.changes(facts.cluster);
    soon().until(() -> commands.recorded().size() == 2);
  }

  @Test
  void commands_that_were_sent_before_a_crash_are_repeated_since_the_cursor_was_not_stored() {
    FragileDatabase fragile = new FragileDatabase(database);
    AtomicBoolean first = new AtomicBoolean(true);
    workshop.happens(facts.clusterCreation());
    try (Workshop breaking = workshop(fragile)) {
      breaking.scheduler.start();
      soon().until(() -> workshop.count("provisioning.observed where due_at > now()") == 1);
      soon().until(() -> workshop.count("provisioning.feed where cursor <> ''") == 1);
      commands.before(
          command -> {
            if (command instanceof RecordClusterObserved && first.getAndSet(false)) {
              fragile.goesAway();
            }
          });
      provisioning.shows(facts.cluster, facts.shows(3));
      soon().until(() -> fragile.refusals() > 1);
      assertThat(commands.sent(RecordClusterObserved.class)).hasSize(1);
      assertThat(workshop.count("provisioning.feed where cursor = '1'")).isZero();
      fragile.comesBack();

      soon().until(() -> recorded(RecordClusterObserved.class, 2));
      soon().until(() -> workshop.count("provisioning.feed where cursor = '1'") == 1);
    }
  }

  @Test
  void a_store_that_cannot_be_reached_delays_its_cluster_only() {
    Facts other = new Facts();
    AtomicBoolean down = new AtomicBoolean(true);
    running();
    workshop.happens(other.clusterCreation());
    commands.before(
        command -> {
          if (down.get() && command.stream().equals(facts.cluster)) {
            throw new StoreUnavailable("away", new IllegalStateException());
          }
        });
    provisioning.shows(facts.cluster, facts.shows(3));
    provisioning.shows(other.cluster, other.shows(3));
    soon().until(() -> recorded(RecordClusterObserved.class, 1));
    assertThat(commands.sent(RecordClusterObserved.class).getFirst().clusterId())
        .isEqualTo(other.cluster);
    down.set(false);

    soon().until(() -> recorded(RecordClusterObserved.class, 2));
  }

  @Test
  void an_older_observation_never_overwrites_a_newer_one() {
    workshop.happens(facts.clusterCreation());
    CountDownLatch made = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicBoolean first = new AtomicBoolean(true);
    provisioning.overrides(
        _ -> {
          if (first.getAndSet(false)) {
            made.countDown();
            awaitQuietly(release);
            return facts.shows(3, facts.observedNode(node, NodePhase.READY));
          }
          return facts.shows(3);
        });
    ObservationRecorder recorder =
        new ObservationRecorder(provisioning, commands, database, Clock.systemUTC());
    Thread older = Thread.startVirtualThread(() -> recorder.observe(facts.cluster));
    awaitQuietly(made);
    recorder.observe(facts.cluster);
    assertThat(commands.recorded()).hasSize(1);
    release.countDown();
    soon().until(() -> !older.isAlive());

    assertThat(workshop.count("provisioning.observed where uncertain and due_at <= now()"))
        .isEqualTo(1);
    recorder.observe(facts.cluster);
    assertThat(commands.recorded().getLast()).isInstanceOf(RecordClusterObserved.class);
    assertThat(commands.sent(RecordNodeAbsent.class))
        .containsExactly(new RecordNodeAbsent(node, facts.cluster));
    assertThat(workshop.count("provisioning.observed where not uncertain")).isEqualTo(1);
    assertThat(workshop.count("provisioning.observed_node")).isZero();
  }

  @Test
  void a_node_that_is_recorded_during_an_observation_is_not_taken_for_an_absent_one() {
    workshop.happens(facts.clusterCreation());
    ObservationRecorder recorder =
        new ObservationRecorder(provisioning, commands, database, Clock.systemUTC());
    AtomicBoolean nested = new AtomicBoolean();
    provisioning.overrides(
        _ -> {
          if (!nested.getAndSet(true)) {
            recorder.observe(facts.cluster);
            return facts.shows(3);
          }
          return facts.shows(3, facts.observedNode(node, NodePhase.READY));
        });

    recorder.observe(facts.cluster);

    assertThat(commands.sent(RecordNodeObserved.class)).hasSize(1);
    assertThat(commands.sent(RecordNodeAbsent.class)).isEmpty();
  }

  @Test
  void a_feed_that_cannot_continue_has_every_cluster_observed() {
    running();
    Facts other = new Facts();
    workshop.happens(other.clusterCreation());
    barrier();
    workshop.close();
    provisioning.hides(facts.cluster, facts.shows(3));
    provisioning.hides(other.cluster, other.shows(3));
    new JdbcTemplate(database).update("update provisioning.feed set cursor = '1000000'");
    int before = commands.recorded().size();

    try (Workshop next = workshop(database)) {
      next.scheduler.start();
      soon().until(() -> commands.recorded().size() == before + 2);
      soon().until(() -> next.count("provisioning.feed where cursor <> '1000000'") == 1);
    }
  }

  @Test
  void a_change_without_a_report_is_found_by_the_slow_resync() {
    workshop.happens(facts.clusterCreation());
    clock.advance(Duration.ofDays(3650));
    provisioning.shows(facts.cluster, facts.shows(3));
    FeedTable table = new FeedTable(database);
    ObservationPool pool =
        new ObservationPool(
            new ObservationRecorder(provisioning, commands, database, clock), table, clock);
    pool.observe(table.work(clock.instant()).clusters());
    assertThat(commands.recorded()).hasSize(1);
    provisioning.hides(facts.cluster, facts.shows(3, facts.observedNode(node, NodePhase.READY)));
    assertThat(table.work(clock.instant()).clusters()).isEmpty();

    clock.advance(ResyncInterval.LENGTH);

    assertThat(table.work(clock.instant()).clusters()).containsExactly(facts.cluster);
    pool.observe(table.work(clock.instant()).clusters());
    assertThat(commands.sent(RecordNodeObserved.class)).hasSize(1);
  }

  @Test
  void an_idle_cluster_is_not_observed_and_costs_no_query() {
    CountingDatabase counting = new CountingDatabase(database);
    FeedTable table = new FeedTable(counting);
    for (int i = 0; i < 200; i++) {
      workshop.happens(new Facts().clusterCreation());
    }
    new JdbcTemplate(database)
        .update("update provisioning.observed set due_at = now() + interval '10 minutes'");

    for (int i = 0; i < 10; i++) {
      assertThat(table.work(Clock.systemUTC().instant()).clusters()).isEmpty();
    }

    assertThat(counting.connections()).isEqualTo(10);
    assertThat(provisioning.observations()).isZero();
  }

  @Test
  void another_instance_takes_the_reader_over() {
    FragileDatabase fragile = new FragileDatabase(database);
    workshop.happens(facts.clusterCreation());
    try (Workshop dying = workshop(fragile)) {
      dying.scheduler.start();
      soon().until(() -> workshop.count("provisioning.feed where cursor <> ''") == 1);
      fragile.goesAway();
      provisioning.shows(facts.cluster, facts.shows(3));
      workshop.scheduler.start();

      soon().until(() -> recorded(RecordClusterObserved.class, 1));
      soon().until(() -> workshop.count("provisioning.feed where cursor = '1'") == 1);
    }
  }

  @Test
  void a_session_ends_and_the_next_one_continues() {
    try (Workshop brief =
        new Workshop(
            database,
            provisioning,
            new MemorySecrets(),
            commands,
            Clock.systemUTC(),
            Duration.ofMillis(100))) {
      brief.scheduler.start();
      brief.happens(facts.clusterCreation());
      for (int i = 1; i <= 10; i++) {
        NodeId next = Facts.newNode();
        provisioning.shows(
            facts.cluster, facts.shows(3, facts.observedNode(next, NodePhase.READY)));
        soon()
            .until(
                () ->
                    commands.sent(RecordNodeObserved.class).stream()
                        .anyMatch(c -> c.nodeId().equals(next)));
      }
      soon().until(() -> recorded(RecordNodeAbsent.class, 9));
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
