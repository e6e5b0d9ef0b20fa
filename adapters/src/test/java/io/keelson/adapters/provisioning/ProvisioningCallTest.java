package io.keelson.adapters.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.adapters.simulator.Simulator;
import io.keelson.adapters.simulator.SimulatorCall;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.commands.Id;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.Origin;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
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
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.Answer;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.Observation;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.Provisioning;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.core.ConditionFactory;
import org.axonframework.eventhandling.EventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** A wish on its way to the provider and back, over a real database and through every trouble. */
class ProvisioningCallTest {

  private final DataSource database = PooledDatabase.of("eventstore", "simulator");
  private final Simulator simulator = Workshop.simulator(database);
  private final RecordingCommands commands = new RecordingCommands();
  private final ClusterId cluster = Documents.newCluster();
  private final PoolId pool = Documents.newPool();
  private final OperationId operation = new OperationId(UUID.randomUUID());
  private final Wish wish =
      new ControlPlaneRequested(operation, cluster, 1, Documents.controlPlane(cluster, 1, 1));

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(1));
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void a_wish_reaches_the_provider_and_its_answer_the_operation() {
    try (Workshop workshop = new Workshop(database, simulator, commands)) {
      workshop.scheduler.start();
      EventMessage<?> message = workshop.happens(wish);

      soon().until(() -> !commands.told(Input.Seen.class).isEmpty());
      soon().until(() -> workshop.tasks("provisioning-call") == 0);

      assertThat(commands.told(Input.Answered.class))
          .singleElement()
          .satisfies(
              answered -> {
                assertThat(answered.target()).isEqualTo(Target.CONTROL_PLANE);
                assertThat(answered.attempt()).isEqualTo(1);
                assertThat(answered.answer()).isInstanceOf(Answer.Accepted.class);
              });
      assertThat(commands.told(Input.Seen.class))
          .singleElement()
          .satisfies(seen -> assertThat(seen.sight()).isInstanceOf(Sight.OfControlPlane.class));
      assertThat(workshop.calls(cluster))
          .singleElement()
          .satisfies(call -> assertThat(call.idempotencyKey()).isEqualTo(wish.idempotencyKey()));
      assertThat(commands.sent())
          .filteredOn(sent -> sent.command() instanceof AdvanceOperation)
          .allSatisfy(
              sent -> {
                Origin origin = sent.origin();
                assertThat(origin.principal()).isEqualTo(Workshop.ORIGIN.principal());
                assertThat(origin.requestId()).isEqualTo(Workshop.ORIGIN.requestId());
                assertThat(origin.correlationId()).isEqualTo(Workshop.ORIGIN.correlationId());
                assertThat(origin.cause())
                    .isEqualTo(new Origin.Cause(Origin.EVENTS, message.getIdentifier()));
                assertThat(origin.operation()).isEqualTo(operation);
              });
    }
  }

  @Test
  void every_wish_is_carried_and_its_target_looked_at() {
    try (Workshop workshop = new Workshop(database, simulator, commands)) {
      workshop.scheduler.start();

      carried(workshop, wish, Sight.OfControlPlane.class);
      carried(
          workshop,
          new ComponentsRequested(operation, cluster, 1, Documents.components(cluster, 2)),
          Sight.OfComponents.class);
      carried(
          workshop,
          new PoolRequested(operation, cluster, 1, Documents.pool(cluster, pool, 3, 1)),
          Sight.OfPool.class);
      soon().until(() -> simulatorShowsResources());
      carried(workshop, new AclRequested(operation, cluster, 1, Documents.acl(cluster, 4, "::/0")));
      carried(workshop, new AdminTokenResetRequested(operation, cluster, 1));
      carried(workshop, new NodeRebootRequested(operation, cluster, 1, pool, onlyNode()));
      carried(workshop, new PoolRemovalRequested(operation, cluster, 2, pool), Sight.OfPool.class);
      carried(
          workshop,
          new AdditionalResourcesRemovalRequested(operation, cluster, 1),
          Sight.OfAdditionalResources.class);
      carried(workshop, new ClusterRemovalRequested(operation, cluster, 1), Sight.OfCluster.class);

      assertThat(workshop.calls(cluster))
          .extracting(SimulatorCall::verb)
          .containsExactly(
              "applyCluster",
              "applyComponents",
              "applyPool",
              "applyAcl",
              "resetAdminToken",
              "rebootNode",
              "removePool",
              "removeAdditionalResources",
              "removeCluster");
      assertThat(workshop.effects(cluster)).isEqualTo(9);
    }
  }

  @Test
  void a_pool_is_told_of_with_its_own_nodes() {
    PoolId other = Documents.newPool();
    simulator.applyCluster(Documents.controlPlane(cluster, 1, 1), "before");
    simulator.applyPool(Documents.pool(cluster, other, 1, 2), "other");
    simulator.applyPool(Documents.pool(cluster, pool, 1, 1), "pool");
    soon().until(this::simulatorShowsResources);
    try (Workshop workshop = new Workshop(database, simulator, commands)) {
      workshop.scheduler.start();

      Sight sight =
          carried(
              workshop,
              new PoolRequested(operation, cluster, 1, Documents.pool(cluster, pool, 2, 1)),
              Sight.OfPool.class);

      assertThat(((Sight.OfPool) sight).nodes())
          .singleElement()
          .satisfies(node -> assertThat(node.pool()).isEqualTo(pool));
    }
  }

  @Test
  void one_run_may_wish_for_one_document_after_the_other() {
    simulator.applyCluster(Documents.controlPlane(cluster, 1, 1), "before");
    try (Workshop workshop = new Workshop(database, simulator, commands)) {
      workshop.happens(
          new PoolRequested(operation, cluster, 1, Documents.pool(cluster, pool, 3, 1)));
      workshop.happens(
          new PoolRequested(operation, cluster, 1, Documents.pool(cluster, pool, 4, 2)));
      assertThat(workshop.tasks("provisioning-call")).isEqualTo(2);
      workshop.scheduler.start();

      soon().until(() -> workshop.tasks("provisioning-call") == 0);
      soon().untilAsserted(() -> assertThat(nodes()).hasSize(2));
    }
  }

  @Test
  void the_removal_of_what_is_not_there_is_seen_at_once() {
    try (Workshop workshop = new Workshop(database, simulator, commands)) {
      workshop.scheduler.start();

      assertThat(
              carried(
                  workshop,
                  new PoolRemovalRequested(operation, cluster, 1, pool),
                  Sight.OfPool.class))
          .isEqualTo(new Sight.OfPool(null));
      assertThat(
              carried(
                  workshop,
                  new ClusterRemovalRequested(operation, cluster, 1),
                  Sight.OfCluster.class))
          .isEqualTo(new Sight.OfCluster(true));
    }
  }

  @Test
  void what_is_told_to_be_there_is_on_record_before() {
    try (Workshop workshop = new Workshop(database, simulator, commands)) {
      workshop.scheduler.start();
      workshop.happens(wish);
      soon().until(() -> !commands.told(Input.Seen.class).isEmpty());

      assertThat(commands.sent().stream().map(RecordingCommands.Sent::command).toList())
          .filteredOn(
              c ->
                  c instanceof RecordClusterObserved
                      || (c instanceof AdvanceOperation a && a.input() instanceof Input.Seen))
          .first()
          .isInstanceOf(RecordClusterObserved.class);
    }
  }

  @Test
  void an_event_that_is_handled_twice_makes_one_call() {
    try (Workshop workshop = new Workshop(database, simulator, commands)) {
      EventMessage<?> message = workshop.happens(wish);
      workshop.handle(message);
      assertThat(workshop.tasks("provisioning-call")).isEqualTo(1);
      assertThat(workshop.tasks("observe-cluster")).isEqualTo(1);
    }
  }

  @Test
  void what_was_not_committed_leaves_no_task() {
    try (Workshop workshop = new Workshop(database, simulator, commands)) {
      workshop.almostHappens(wish);
      assertThat(workshop.tasks("provisioning-call")).isZero();
      assertThat(workshop.tasks("observe-cluster")).isZero();
    }
  }

  @Test
  void a_refusal_is_told_and_ends_the_call() {
    simulator.removeCluster(cluster, "before");
    try (Workshop workshop = new Workshop(database, simulator, commands)) {
      workshop.scheduler.start();
      workshop.happens(wish);

      soon().until(() -> workshop.tasks("provisioning-call") == 0);
      assertThat(commands.told(Input.Answered.class))
          .singleElement()
          .satisfies(a -> assertThat(a.answer()).isInstanceOf(Answer.Refused.class));
      assertThat(commands.told(Input.Seen.class)).isEmpty();
    }
  }

  @Test
  void an_unavailable_provider_is_told_and_left_to_the_operation() {
    Provisioning down =
        new ForwardingProvisioning(simulator) {
          @Override
          public Answer applyCluster(ClusterDocument document, String idempotencyKey) {
            return new Answer.Unavailable("down for maintenance");
          }
        };
    try (Workshop workshop = new Workshop(database, down, commands)) {
      workshop.scheduler.start();
      workshop.happens(wish);

      soon().until(() -> workshop.tasks("provisioning-call") == 0);
      assertThat(commands.told(Input.Answered.class))
          .containsExactly(
              new Input.Answered(
                  Target.CONTROL_PLANE, 1, new Answer.Unavailable("down for maintenance")));
      assertThat(commands.told(Input.Seen.class)).isEmpty();
    }
  }

  @Test
  void an_operation_that_does_not_listen_any_more_ends_the_call() {
    commands.troubledBy(
        command -> {
          if (command instanceof AdvanceOperation) {
            throw new CommandRejected(CommandRejected.Reason.NOT_FOUND, "ended");
          }
        });
    try (Workshop workshop = new Workshop(database, simulator, commands)) {
      workshop.scheduler.start();
      workshop.happens(wish);

      soon().until(() -> workshop.effects(cluster) == 1);
      soon().until(() -> workshop.tasks("provisioning-call") == 0);
    }
  }

  @Test
  void a_call_cut_off_before_its_answer_is_recorded_is_made_again_and_told_once() {
    AtomicInteger failures = new AtomicInteger(3);
    commands.troubledBy(
        command -> {
          if (command instanceof AdvanceOperation && failures.getAndDecrement() > 0) {
            throw new StoreUnavailable("gone", new IllegalStateException());
          }
        });
    try (Workshop workshop = new Workshop(database, simulator, commands)) {
      workshop.scheduler.start();
      workshop.happens(wish);

      soon().until(() -> !commands.told(Input.Seen.class).isEmpty());
      soon().until(() -> workshop.tasks("provisioning-call") == 0);
      assertThat(workshop.calls(cluster)).hasSizeGreaterThanOrEqualTo(2);
      assertThat(workshop.effects(cluster)).isEqualTo(1);
      assertThat(commands.told(Input.Answered.class)).hasSize(1);
    }
  }

  @Test
  void a_call_whose_process_was_killed_after_the_effect_is_taken_up_by_another() {
    try (Workshop killed = new Workshop(database, simulator, commands)) {
      killed.happens(wish);
    }
    // The killed process had the task in its hands, and had called the provider.
    simulator.applyCluster(Documents.controlPlane(cluster, 1, 1), wish.idempotencyKey());
    new JdbcTemplate(database)
        .update(
            """
            update eventstore.scheduled_task
            set picked = true, picked_by = 'killed', last_heartbeat = now() - interval '1 hour'
            where task_name = 'provisioning-call'
            """);

    try (Workshop next = new Workshop(database, simulator, commands)) {
      next.scheduler.start();
      soon().until(() -> !commands.told(Input.Seen.class).isEmpty());
      assertThat(next.calls(cluster)).extracting(SimulatorCall::effects).containsExactly(1, 0);
      assertThat(commands.told(Input.Answered.class)).hasSize(1);
    }
  }

  @Test
  void a_call_survives_the_loss_of_the_database_in_its_middle() {
    FragileDatabase fragile = new FragileDatabase(database);
    AtomicInteger applied = new AtomicInteger();
    Provisioning breaking =
        new ForwardingProvisioning(simulator) {
          @Override
          public Answer applyCluster(ClusterDocument document, String idempotencyKey) {
            Answer answer = super.applyCluster(document, idempotencyKey);
            if (applied.incrementAndGet() == 1) {
              fragile.goesAway();
            }
            return answer;
          }
        };
    commands.troubledBy(
        _ -> {
          if (fragile.isGone()) {
            throw new StoreUnavailable("gone", new IllegalStateException());
          }
        });
    try (Workshop workshop = new Workshop(fragile, breaking, commands)) {
      workshop.scheduler.start();
      workshop.happens(wish);
      soon().until(fragile::isGone);
      assertThat(commands.told(Input.Answered.class)).isEmpty();

      fragile.comesBack();

      soon().until(() -> !commands.told(Input.Seen.class).isEmpty());
      soon().until(() -> workshop.tasks("provisioning-call") == 0);
      assertThat(workshop.effects(cluster)).isEqualTo(1);
      assertThat(commands.told(Input.Answered.class)).hasSize(1);
    }
  }

  @Test
  void what_cannot_be_looked_at_yet_is_looked_at_later() {
    AtomicInteger looks = new AtomicInteger();
    Provisioning blind =
        new ForwardingProvisioning(simulator) {
          @Override
          public Observation observe(ClusterId id) {
            return looks.incrementAndGet() < 4
                ? new Observation.Unreachable("fog")
                : super.observe(id);
          }
        };
    try (Workshop workshop = new Workshop(database, blind, commands)) {
      workshop.scheduler.start();
      workshop.happens(wish);

      soon().until(() -> !commands.told(Input.Seen.class).isEmpty());
      assertThat(workshop.effects(cluster)).isEqualTo(1);
    }
  }

  @Test
  void a_slow_provider_holds_up_no_neighbour() {
    CountDownLatch slow = new CountDownLatch(1);
    ClusterId neighbour = Documents.newCluster();
    Provisioning back =
        new ForwardingProvisioning(simulator) {
          @Override
          public Answer applyCluster(ClusterDocument document, String idempotencyKey) {
            if (document.cluster().equals(cluster)) {
              awaitQuietly(slow);
            }
            return super.applyCluster(document, idempotencyKey);
          }
        };
    try (Workshop workshop = new Workshop(database, back, commands)) {
      workshop.scheduler.start();
      workshop.happens(wish);
      workshop.happens(
          new ControlPlaneRequested(
              new OperationId(Id.derived("neighbour")),
              neighbour,
              1,
              Documents.controlPlane(neighbour, 1, 1)));

      soon().until(() -> workshop.effects(neighbour) == 1);
      assertThat(workshop.calls(cluster)).isEmpty();
      slow.countDown();
      soon().until(() -> workshop.effects(cluster) == 1);
    }
  }

  private Sight carried(Workshop workshop, Wish next, Class<? extends Sight> sight) {
    int before = commands.told(Input.Seen.class).size();
    workshop.happens(next);
    soon().until(() -> commands.told(Input.Seen.class).size() > before);
    Input.Seen seen = commands.told(Input.Seen.class).get(before);
    assertThat(seen.target()).isEqualTo(next.target());
    assertThat(seen.sight()).isInstanceOf(sight);
    return seen.sight();
  }

  /** Of what is done once it is accepted, nothing is told but the answer. */
  private void carried(Workshop workshop, Wish next) {
    int seen = commands.told(Input.Seen.class).size();
    workshop.happens(next);
    soon().until(() -> workshop.tasks("provisioning-call") == 0);
    Input.Answered answered = commands.told(Input.Answered.class).getLast();
    assertThat(answered.target()).isEqualTo(next.target());
    assertThat(answered.answer()).isInstanceOf(Answer.Accepted.class);
    assertThat(commands.told(Input.Seen.class)).hasSize(seen);
  }

  private NodeId onlyNode() {
    return nodes().getFirst().node();
  }

  private List<ObservedNode> nodes() {
    return simulator.observe(cluster) instanceof Observation.Seen(var seen)
        ? seen.nodes()
        : List.of();
  }

  private boolean simulatorShowsResources() {
    return simulator.observe(cluster) instanceof Observation.Seen(var seen)
        && !seen.additionalResources().isEmpty();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
