package io.keelson.adapters.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.adapters.simulator.Faults;
import io.keelson.adapters.simulator.Simulator;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterGone;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionFinished;
import io.keelson.commands.node.NodeCommand.RecordNodeGone;
import io.keelson.commands.node.NodeCommand.RecordNodeObserved;
import io.keelson.commands.operation.OperationEvent.ControlPlaneRequested;
import io.keelson.commands.provisioning.Answer;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.Observation;
import io.keelson.commands.provisioning.ObservedNode.Phase;
import io.keelson.commands.provisioning.Provisioning;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The observation of clusters, from the first wish to the record of their deletion. */
class ClusterObserverTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final DataSource database = PooledDatabase.of("eventstore", "simulator");
  private final Simulator simulator = new Simulator(database, Clock.systemUTC(), 120, Faults.NONE);
  private final AtomicInteger looks = new AtomicInteger();
  private final Provisioning counted =
      new ForwardingProvisioning(simulator) {
        @Override
        public Observation observe(ClusterId id) {
          looks.incrementAndGet();
          return super.observe(id);
        }
      };
  private final RecordingCommands commands = new RecordingCommands();
  private final ClusterId cluster = Documents.newCluster();
  private final PoolId pool = Documents.newPool();
  private final OperationId operation = new OperationId(UUID.randomUUID());
  private final ControlPlaneRequested wish =
      new ControlPlaneRequested(operation, cluster, 1, Documents.controlPlane(cluster, 1, 1));
  private final ClusterDeletionFinished deleted =
      new ClusterDeletionFinished(cluster, operation, new ProjectId(UUID.randomUUID()), "name");

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void a_cluster_is_observed_through_its_life_and_never_again() {
    try (Workshop workshop = new Workshop(database, counted, commands)) {
      workshop.scheduler.start();
      workshop.happens(wish);
      simulator.applyPool(Documents.pool(cluster, pool, 2, 1), "pool");

      await().atMost(LONG).until(() -> phaseRecorded(Phase.READY));
      assertThat(commands.sent(RecordNodeObserved.class))
          .extracting(c -> c.observed().phase())
          .isSorted()
          .hasSizeGreaterThan(1);
      assertThat(commands.sent(RecordClusterObserved.class)).hasSizeGreaterThan(2);
      assertThat(commands.sent())
          .filteredOn(sent -> sent.command() instanceof RecordNodeObserved)
          .extracting(sent -> sent.origin().principal())
          .containsOnly("system:observer");

      int before = commands.sent().size();
      simulator.removeCluster(cluster, "remove");
      await().atMost(LONG).until(() -> sentSince(before).contains(RecordClusterGone.class));
      assertThat(sentSince(before))
          .containsSubsequence(RecordNodeGone.class, RecordClusterGone.class);
      assertThat(commands.sent(RecordNodeGone.class)).hasSize(1);
      assertThat(workshop.tasks("observe-cluster")).isEqualTo(1);

      workshop.happens(deleted);
      await().atMost(LONG).until(() -> workshop.tasks("observe-cluster") == 0);
      await().atMost(LONG).until(() -> workshop.tasks("end-observation") == 0);
    }
  }

  @Test
  void a_cluster_that_is_not_there_yet_goes_on_being_looked_for() {
    Provisioning notYet =
        new ForwardingProvisioning(counted) {
          @Override
          public Answer applyCluster(ClusterDocument document, String idempotencyKey) {
            return new Answer.Unavailable("not yet");
          }
        };
    try (Workshop workshop = new Workshop(database, notYet, commands)) {
      workshop.scheduler.start();
      workshop.happens(wish);
      await().atMost(LONG).until(() -> commands.sent(RecordClusterGone.class).size() > 2);
      assertThat(workshop.tasks("observe-cluster")).isEqualTo(1);

      simulator.applyCluster(wish.document(), "later");
      await().atMost(LONG).until(() -> !commands.sent(RecordClusterObserved.class).isEmpty());
    }
  }

  @Test
  void what_stays_the_same_is_recorded_once() {
    settled();
    try (Workshop workshop = new Workshop(database, counted, commands)) {
      workshop.scheduler.start();
      workshop.happens(wish);
      await().atMost(LONG).until(() -> workshop.tasks("provisioning-call") == 0);
      int after = looks.get();
      await().atMost(LONG).until(() -> looks.get() > after + 4);

      assertThat(commands.sent(RecordClusterObserved.class))
          .as("by the call and by the observer")
          .hasSizeLessThanOrEqualTo(2);
      assertThat(commands.sent(RecordNodeObserved.class)).hasSize(1);
    }
  }

  @Test
  void the_observer_keeps_what_it_recorded_over_a_restart() {
    settled();
    try (Workshop first = new Workshop(database, counted, commands)) {
      first.scheduler.start();
      first.happens(wish);
      await().atMost(LONG).until(() -> first.tasks("provisioning-call") == 0);
      int after = looks.get();
      await().atMost(LONG).until(() -> looks.get() > after + 2);
    }
    int recorded = commands.sent(RecordClusterObserved.class).size();
    try (Workshop second = new Workshop(database, counted, commands)) {
      int after = looks.get();
      second.scheduler.start();
      await().atMost(LONG).until(() -> looks.get() > after + 2);
      assertThat(commands.sent(RecordClusterObserved.class)).hasSize(recorded);
    }
  }

  @Test
  void a_hint_brings_the_next_look_forward() {
    settled();
    ObserverPace patient = new ObserverPace(Duration.ofMillis(20), Duration.ofMinutes(10));
    try (Workshop workshop = new Workshop(database, counted, commands, patient)) {
      workshop.scheduler.start();
      workshop.happens(wish);
      await().atMost(LONG).until(() -> pauseIsLong(workshop));

      simulator.applyPool(Documents.pool(cluster, pool, 3, 2), "larger");

      await()
          .atMost(LONG)
          .until(
              () ->
                  commands.sent(RecordNodeObserved.class).stream()
                          .map(c -> c.observed().node())
                          .distinct()
                          .count()
                      == 2);
    }
  }

  @Test
  void what_was_refused_is_offered_again() {
    AtomicInteger refusals = new AtomicInteger(3);
    commands.troubledBy(
        command -> {
          if (command instanceof RecordClusterObserved && refusals.getAndDecrement() > 0) {
            throw new CommandRejected(CommandRejected.Reason.BUSY, "not now");
          }
        });
    settled();
    try (Workshop workshop = new Workshop(database, counted, commands)) {
      workshop.scheduler.start();
      workshop.happens(wish);
      await().atMost(LONG).until(() -> !commands.sent(RecordClusterObserved.class).isEmpty());
    }
  }

  @Test
  void an_observer_survives_an_outage_of_the_store() {
    AtomicInteger failures = new AtomicInteger(6);
    commands.troubledBy(
        _ -> {
          if (failures.getAndDecrement() > 0) {
            throw new StoreUnavailable("gone", new IllegalStateException());
          }
        });
    settled();
    try (Workshop workshop = new Workshop(database, counted, commands)) {
      workshop.scheduler.start();
      workshop.happens(wish);
      await().atMost(LONG).until(() -> phaseRecorded(Phase.READY));
      assertThat(workshop.tasks("observe-cluster")).isEqualTo(1);
    }
  }

  @Test
  void the_last_look_waits_until_every_node_is_recorded_as_gone() {
    settled();
    try (Workshop workshop = new Workshop(database, counted, commands)) {
      workshop.scheduler.start();
      workshop.happens(wish);
      await().atMost(LONG).until(() -> phaseRecorded(Phase.READY));
      AtomicInteger refusals = new AtomicInteger(12);
      commands.troubledBy(
          command -> {
            if (command instanceof RecordNodeGone && refusals.getAndDecrement() > 0) {
              throw new CommandRejected(CommandRejected.Reason.BUSY, "not now");
            }
          });
      simulator.removeCluster(cluster, "remove");
      workshop.happens(deleted);

      await().atMost(LONG).until(() -> workshop.tasks("end-observation") == 0);
      assertThat(commands.sent(RecordNodeGone.class)).hasSize(1);
      assertThat(workshop.tasks("observe-cluster")).isZero();
    }
  }

  /** A cluster with one ready node, for which nothing more will happen. */
  private void settled() {
    simulator.applyCluster(wish.document(), wish.idempotencyKey());
    simulator.applyPool(Documents.pool(cluster, pool, 2, 1), "pool");
    await()
        .atMost(LONG)
        .until(
            () ->
                simulator.observe(cluster) instanceof Observation.Seen(var seen)
                    && seen.additionalResources().size() == 2);
  }

  private static boolean pauseIsLong(Workshop workshop) {
    return workshop
        .scheduler
        .getScheduledExecutionsForTask("observe-cluster", LastLook.class)
        .stream()
        .anyMatch(execution -> execution.getData().pauseMillis() > 5_000);
  }

  private boolean phaseRecorded(Phase phase) {
    return commands.sent(RecordNodeObserved.class).stream()
        .anyMatch(c -> c.observed().phase() == phase);
  }

  private List<Class<?>> sentSince(int index) {
    return commands.sent().stream()
        .skip(index)
        .<Class<?>>map(sent -> sent.command().getClass())
        .toList();
  }
}
