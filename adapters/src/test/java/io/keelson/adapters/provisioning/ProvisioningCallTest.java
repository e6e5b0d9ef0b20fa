package io.keelson.adapters.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.commands.ClusterAction;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.Origin;
import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import io.keelson.commands.operation.ComponentsTarget;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import io.keelson.commands.operation.RequestEvent.AclRequested;
import io.keelson.commands.operation.RequestEvent.AdditionalResourcesRemovalRequested;
import io.keelson.commands.operation.RequestEvent.ClusterActionRequested;
import io.keelson.commands.operation.RequestEvent.ClusterRemovalRequested;
import io.keelson.commands.operation.RequestEvent.ComponentsRequested;
import io.keelson.commands.operation.RequestEvent.NodeRebootRequested;
import io.keelson.commands.operation.RequestEvent.PoolRemovalRequested;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.AclDocument;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.PoolDocument;
import io.keelson.commands.provisioning.Result;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.core.ConditionFactory;
import org.axonframework.eventhandling.EventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** A request on its way to the provider and back, over a real database and through every fault. */
class ProvisioningCallTest {

  private final DataSource database = PooledDatabase.of("eventstore", "provisioning");
  private final ScriptedProvisioning provisioning = new ScriptedProvisioning();
  private final MemorySecrets secrets = new MemorySecrets();
  private final RecordingCommands commands = new RecordingCommands();
  private final Facts facts = new Facts();
  private Workshop workshop;

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(20));
  }

  @BeforeEach
  void open() {
    workshop = new Workshop(database, provisioning, secrets, commands);
  }

  @AfterEach
  void close() {
    workshop.close();
  }

  @Test
  void a_request_reaches_the_provider_and_its_result_the_run() {
    workshop.scheduler.start();
    EventMessage<?> message =
        workshop.happens(facts.clusterCreation(), facts.controlPlaneRequest());

    soon().until(() -> workshop.calls() == 0);

    assertThat(provisioning.documents(ClusterDocument.class))
        .containsExactly(
            new ClusterDocument(
                facts.cluster,
                1,
                "alpha",
                "fr-par",
                "kapsule-dedicated-4",
                Facts.OLD,
                3,
                Facts.clusterSpec().network(),
                Facts.clusterSpec().apiServer()));
    String key = facts.controlPlaneRequest().idempotencyKey();
    assertThat(provisioning.calls().getFirst().key()).isEqualTo(key);
    assertThat(commands.inputs(Input.Responded.class))
        .containsExactly(
            new Input.Responded(Target.CONTROL_PLANE, key, new Result.Accepted("uid", 1)));
    Origin origin = commands.sent().getFirst().origin();
    assertThat(origin.initiator()).isEqualTo(Workshop.ORIGIN.initiator());
    assertThat(origin.principal()).isEqualTo("system:provisioning");
    assertThat(origin.correlationId()).isEqualTo(Workshop.ORIGIN.correlationId());
    assertThat(origin.cause()).isEqualTo(new Origin.Cause(Origin.EVENTS, message.getIdentifier()));
    assertThat(origin.operation()).isEqualTo(facts.creation);
    assertThat(
            workshop.count("provisioning.request where acknowledged_at is not null and reported"))
        .isEqualTo(1);
  }

  @Test
  void every_kind_of_request_has_its_verb() {
    workshop.scheduler.start();
    OperationId run = Facts.run();
    NodeId node = Facts.newNode();
    workshop.happens(
        facts.clusterCreation(), facts.poolCreation(), facts.aclChange(run, 2, "::/0"));
    workshop.happens(
        facts.controlPlaneRequest(),
        new ComponentsRequested(
            facts.creation, facts.cluster, new ComponentsTarget(1, Facts.OLD, List.of("coredns"))),
        facts.poolRequest(facts.creation, 1, node),
        new AclRequested(run, facts.cluster, 2),
        new NodeRebootRequested(run, facts.cluster, facts.pool, node),
        new ClusterActionRequested(run, facts.cluster, ClusterAction.RESET_ADMIN_TOKEN),
        new PoolRemovalRequested(run, facts.cluster, facts.pool),
        new AdditionalResourcesRemovalRequested(run, facts.cluster),
        new ClusterRemovalRequested(run, facts.cluster));

    soon().until(() -> workshop.calls() == 0);

    assertThat(provisioning.calls())
        .extracting(ScriptedProvisioning.Call::verb)
        .containsExactlyInAnyOrder(
            "applyCluster",
            "applyComponents",
            "applyPool",
            "applyAcl",
            "rebootNode",
            "act",
            "removePool",
            "removeAdditionalResources",
            "removeCluster");
    assertThat(provisioning.documents(AclDocument.class))
        .containsExactly(new AclDocument(facts.cluster, 2, List.of(Facts.rule("::/0"))));
    assertThat(provisioning.documents(PoolDocument.class))
        .singleElement()
        .satisfies(
            document -> {
              assertThat(document.clusterName()).isEqualTo("alpha");
              assertThat(document.generation()).isEqualTo(1);
              assertThat(document.size()).isEqualTo(2);
              assertThat(document.maxSize()).isEqualTo(3);
              assertThat(document.nodesToRemove()).containsExactly(node);
              assertThat(document.version()).isEqualTo(Facts.OLD);
            });
    assertThat(commands.inputs(Input.Responded.class)).hasSize(9);
  }

  @Test
  void a_document_has_the_newest_desired_state_and_the_generation_of_its_request() {
    OperationId roll = Facts.run();
    OperationId rename = Facts.run();
    workshop.happens(
        facts.clusterCreation(),
        facts.poolCreation(),
        facts.poolUpgrade(roll, 5),
        facts.poolRequest(roll, 7),
        facts.rename(rename, "beta"));
    workshop.scheduler.start();

    soon().until(() -> workshop.calls() == 0);
    PoolDocument document = provisioning.documents(PoolDocument.class).getFirst();
    assertThat(document.version()).isEqualTo(Facts.NEW);
    assertThat(document.clusterName()).isEqualTo("beta");
    assertThat(document.generation()).isEqualTo(7);
  }

  @Test
  void a_request_that_overtakes_the_start_of_its_run_waits_for_the_desired_state() {
    OperationId update = Facts.run();
    workshop.happens(facts.clusterCreation(), facts.poolCreation());
    workshop.scheduler.start();
    workshop.happens(facts.poolRequest(update, 2));
    soon().until(() -> workshop.count("provisioning.request where failures > 1") == 1);
    assertThat(provisioning.calls()).isEmpty();
    assertThat(commands.sent()).isEmpty();

    workshop.happens(facts.poolUpdate(update, 2, "new"));

    soon().until(() -> workshop.calls() == 0);
    assertThat(provisioning.documents(PoolDocument.class))
        .singleElement()
        .satisfies(d -> assertThat(d.nodes().labels()).containsEntry("label", "new"));
  }

  @Test
  void a_request_that_is_withdrawn_or_whose_run_ends_before_the_call_costs_nothing() {
    OperationId other = Facts.run();
    workshop.happens(facts.clusterCreation(), facts.poolCreation());
    workshop.happens(
        facts.poolRequest(facts.creation, 1),
        new PoolRemovalRequested(other, facts.cluster, facts.pool),
        Ends.withdrawn(facts, facts.creation),
        Ends.cancelled(facts, other));
    assertThat(workshop.calls()).isEqualTo(2);
    workshop.scheduler.start();

    soon().until(() -> workshop.calls() == 0);
    assertThat(provisioning.calls()).isEmpty();
    assertThat(commands.sent()).isEmpty();
  }

  @Test
  void of_200_supersessions_the_newest_document_is_the_last_and_few_are_sent() {
    workshop.happens(facts.clusterCreation(), facts.poolCreation());
    OperationId before = facts.creation;
    for (int i = 1; i <= 200; i++) {
      OperationId next = Facts.run();
      workshop.happens(
          facts.poolUpdate(next, i + 1L, "value-" + i, before), facts.poolRequest(next, i + 1L));
      if (i > 1) {
        workshop.happens(Ends.withdrawn(facts, before));
      }
      if (i == 190) {
        workshop.scheduler.start();
      }
      before = next;
    }

    soon().until(() -> workshop.calls() == 0);
    List<PoolDocument> documents = provisioning.documents(PoolDocument.class);
    assertThat(documents).hasSizeLessThanOrEqualTo(12);
    assertThat(documents.getLast().generation()).isEqualTo(201);
    assertThat(documents.getLast().nodes().labels()).containsEntry("label", "value-200");
    assertThat(workshop.count("provisioning.request")).isEqualTo(1);
  }

  @Test
  void the_next_document_of_a_run_replaces_the_one_that_was_not_sent() {
    workshop.happens(
        facts.clusterCreation(),
        facts.poolCreation(),
        facts.poolRequest(facts.creation, 1),
        facts.poolRequest(facts.creation, 2));
    workshop.scheduler.start();

    soon().until(() -> workshop.calls() == 0);
    assertThat(provisioning.documents(PoolDocument.class))
        .extracting(PoolDocument::generation)
        .containsExactly(2L);
  }

  @Test
  void an_unavailable_provider_is_reported_once_and_called_until_it_accepts() {
    AtomicInteger calls = new AtomicInteger();
    provisioning.responds(
        _ ->
            calls.incrementAndGet() <= 3
                ? new Result.Unavailable("down " + calls.get())
                : new Result.Accepted("uid", 1));
    workshop.scheduler.start();
    workshop.happens(facts.clusterCreation(), facts.controlPlaneRequest());

    soon().until(() -> workshop.calls() == 0);
    assertThat(commands.inputs(Input.Responded.class))
        .extracting(Input.Responded::result)
        .containsExactly(new Result.Unavailable("down 1"), new Result.Accepted("uid", 1));
    assertThat(calls).hasValue(4);
  }

  @Test
  void a_refusal_is_reported_and_ends_the_call() {
    Result refused = new Result.Refused(Result.Code.QUOTA, "size", "too many");
    provisioning.responds(_ -> refused);
    workshop.scheduler.start();
    workshop.happens(facts.clusterCreation(), facts.controlPlaneRequest());

    soon().until(() -> workshop.calls() == 0);
    assertThat(commands.inputs(Input.Responded.class))
        .extracting(Input.Responded::result)
        .containsExactly(refused);
    assertThat(provisioning.calls()).hasSize(1);
    assertThat(
            workshop.count(
                "provisioning.request where acknowledged_at is null and last_error = 'too many'"))
        .isEqualTo(1);
  }

  @Test
  void a_run_that_rejects_the_result_ends_the_call() {
    commands.before(
        _ -> {
          throw new CommandRejected(CommandRejected.Reason.NOT_FOUND, "ended");
        });
    workshop.scheduler.start();
    workshop.happens(facts.clusterCreation(), facts.controlPlaneRequest());

    soon().until(() -> workshop.calls() == 0);
    assertThat(provisioning.calls()).hasSize(1);
  }

  @Test
  void an_accepted_call_that_was_cut_off_before_the_report_is_reported_and_not_made_again() {
    AtomicInteger failures = new AtomicInteger(3);
    commands.before(
        command -> {
          if (command instanceof AdvanceOperation && failures.getAndDecrement() > 0) {
            throw new StoreUnavailable("away", new IllegalStateException());
          }
        });
    workshop.scheduler.start();
    workshop.happens(facts.clusterCreation(), facts.controlPlaneRequest());

    soon().until(() -> workshop.calls() == 0);
    assertThat(provisioning.calls()).hasSize(1);
    assertThat(commands.inputs(Input.Responded.class)).hasSize(1);
  }

  @Test
  void a_call_that_was_cut_off_after_the_effect_is_made_again_under_the_same_key() {
    CutDatabase cut = new CutDatabase(database);
    AtomicBoolean first = new AtomicBoolean(true);
    provisioning.responds(
        _ -> {
          if (first.getAndSet(false)) {
            cut.cutsOff();
          }
          return new Result.Accepted("uid", 1);
        });
    workshop.happens(facts.clusterCreation(), facts.controlPlaneRequest());
    try (Workshop breaking = new Workshop(cut, provisioning, secrets, commands)) {
      breaking.scheduler.start();

      soon().until(() -> breaking.calls() == 0);
      assertThat(provisioning.calls())
          .extracting(ScriptedProvisioning.Call::key)
          .containsExactly(
              facts.controlPlaneRequest().idempotencyKey(),
              facts.controlPlaneRequest().idempotencyKey());
      assertThat(commands.inputs(Input.Responded.class)).hasSize(1);
    }
  }

  @Test
  void a_report_that_was_not_noted_is_repeated() {
    CutDatabase cut = new CutDatabase(database);
    AtomicBoolean first = new AtomicBoolean(true);
    commands.before(
        _ -> {
          if (first.getAndSet(false)) {
            cut.cutsOff();
          }
        });
    workshop.happens(facts.clusterCreation(), facts.controlPlaneRequest());
    try (Workshop breaking = new Workshop(cut, provisioning, secrets, commands)) {
      breaking.scheduler.start();

      soon().until(() -> breaking.calls() == 0);
      assertThat(commands.inputs(Input.Responded.class)).hasSize(2);
      assertThat(commands.inputs(Input.Responded.class).stream().distinct()).hasSize(1);
      assertThat(provisioning.calls()).hasSize(1);
    }
  }

  @Test
  void a_call_whose_instance_was_killed_is_taken_over_by_another_one() {
    workshop.happens(facts.clusterCreation(), facts.controlPlaneRequest());
    new JdbcTemplate(database)
        .update(
            """
            update eventstore.scheduled_task
            set picked = true, picked_by = 'killed', last_heartbeat = now() - interval '1 hour'
            where task_name = 'provisioning-call'
            """);
    workshop.scheduler.start();

    soon().until(() -> workshop.calls() == 0);
    assertThat(commands.inputs(Input.Responded.class)).hasSize(1);
  }

  @Test
  void user_data_is_revealed_for_the_call_only() {
    String value = "#cloud-config of nobody else";
    String base64 = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    SecretRef ref =
        secrets.keep(SecretSubject.cluster(facts.cluster), value.getBytes(StandardCharsets.UTF_8));
    workshop.happens(
        facts.clusterCreation(),
        facts.poolCreation(Map.of("cloud-init", ref)),
        facts.poolRequest(facts.creation, 1));
    assertThat(secrets.reads()).isZero();
    workshop.scheduler.start();

    soon().until(() -> workshop.calls() == 0);
    assertThat(provisioning.documents(PoolDocument.class).getFirst().userData())
        .containsExactly(Map.entry("cloud-init", base64));
    assertThat(secrets.reads()).isEqualTo(1);
    assertThat(text()).contains(ref.id().toString()).doesNotContain(value).doesNotContain(base64);
  }

  @Test
  void erased_user_data_is_a_refusal_and_no_call() {
    SecretSubject subject = SecretSubject.cluster(facts.cluster);
    SecretRef ref = secrets.keep(subject, new byte[] {1});
    secrets.erase(subject);
    workshop.scheduler.start();
    workshop.happens(
        facts.clusterCreation(),
        facts.poolCreation(Map.of("cloud-init", ref)),
        facts.poolRequest(facts.creation, 1));

    soon().until(() -> workshop.calls() == 0);
    assertThat(provisioning.calls()).isEmpty();
    assertThat(commands.inputs(Input.Responded.class))
        .singleElement()
        .satisfies(
            input -> {
              Result.Refused refused = (Result.Refused) input.result();
              assertThat(refused.code()).isEqualTo(Result.Code.INVALID);
              assertThat(refused.field()).isEqualTo("user_data.cloud-init");
            });
  }

  @Test
  void unreadable_user_data_is_tried_again_until_it_is_readable() {
    SecretRef ref = secrets.keep(SecretSubject.cluster(facts.cluster), new byte[] {1});
    secrets.unreadable(true);
    workshop.scheduler.start();
    workshop.happens(
        facts.clusterCreation(),
        facts.poolCreation(Map.of("cloud-init", ref)),
        facts.poolRequest(facts.creation, 1));
    soon().until(() -> workshop.count("provisioning.request where failures > 1") == 1);
    assertThat(provisioning.calls()).isEmpty();
    assertThat(commands.sent()).isEmpty();

    secrets.unreadable(false);

    soon().until(() -> workshop.calls() == 0);
    assertThat(provisioning.calls()).hasSize(1);
  }

  @Test
  void a_slow_provider_delays_no_other_cluster() {
    CountDownLatch slow = new CountDownLatch(1);
    Facts other = new Facts();
    provisioning.responds(
        call -> {
          if (call.key().equals(facts.controlPlaneRequest().idempotencyKey())) {
            awaitQuietly(slow);
          }
          return new Result.Accepted("uid", 1);
        });
    workshop.scheduler.start();
    workshop.happens(
        facts.clusterCreation(),
        facts.controlPlaneRequest(),
        other.clusterCreation(),
        other.controlPlaneRequest());

    soon().until(() -> workshop.calls() == 1);
    assertThat(commands.inputs(Input.Responded.class)).hasSize(1);
    slow.countDown();
    soon().until(() -> commands.inputs(Input.Responded.class).size() == 2);
  }

  /** Every row of every table, as text. */
  private String text() {
    JdbcTemplate jdbc = new JdbcTemplate(database);
    StringBuilder all = new StringBuilder();
    jdbc.queryForList(
            "select table_schema || '.' || table_name from information_schema.tables where"
                + " table_schema in ('provisioning', 'eventstore')",
            String.class)
        .forEach(
            table ->
                jdbc.queryForList("select t::text from " + table + " t", String.class)
                    .forEach(all::append));
    return all.toString();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
