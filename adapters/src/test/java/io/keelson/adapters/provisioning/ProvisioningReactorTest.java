package io.keelson.adapters.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.provisioning.Desired.OfControlPlane;
import io.keelson.adapters.provisioning.Desired.OfPool;
import io.keelson.commands.OperationId;
import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import io.keelson.commands.operation.RequestEvent.ControlPlaneRequested;
import io.keelson.commands.operation.RequestEvent.PoolObservationAwaited;
import io.keelson.commands.operation.Target;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.eventhandling.EventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What events leave in the tables, without a scheduler that runs. */
class ProvisioningReactorTest {

  private final DataSource database = PooledDatabase.of("eventstore", "provisioning");
  private final DesiredTable desired = new DesiredTable(database);
  private final RequestTable requests = new RequestTable(database);
  private final Facts facts = new Facts();
  private Workshop workshop;

  @BeforeEach
  void open() {
    workshop =
        new Workshop(
            database, new ScriptedProvisioning(), new MemorySecrets(), new RecordingCommands());
  }

  @AfterEach
  void close() {
    workshop.close();
  }

  @Test
  void desired_states_survive_being_stored() {
    SecretRef ref = SecretRef.of(SecretSubject.cluster(facts.cluster), "AAAAAAAAAAAAAAAAAAAAAA");
    workshop.happens(
        facts.clusterCreation(),
        facts.poolCreation(Map.of("cloud-init", ref)),
        facts.aclChange(facts.creation, 1, "::/0"));

    Runs runs = Runs.NONE.started(facts.creation);
    assertThat(desired.find(facts.cluster, Target.CONTROL_PLANE))
        .contains(new OfControlPlane("fr-par", Facts.clusterSpec(), runs));
    assertThat(desired.find(facts.cluster, Target.pool(facts.pool)))
        .contains(new OfPool(Facts.poolSpec(Map.of("cloud-init", ref)), runs));
    assertThat(desired.find(facts.cluster, Target.ACL)).isPresent();

    workshop.happens(facts.deletion());
    assertThat(workshop.count("provisioning.desired")).isZero();
  }

  @Test
  void an_event_that_is_handled_twice_makes_one_call() {
    workshop.happens(facts.clusterCreation());
    EventMessage<?> message = workshop.happens(facts.controlPlaneRequest());
    workshop.handle(message);
    assertThat(workshop.calls()).isEqualTo(1);
    assertThat(workshop.count("provisioning.request")).isEqualTo(1);
  }

  @Test
  void what_was_not_committed_leaves_nothing() {
    workshop.almostHappens(facts.clusterCreation());
    workshop.almostHappens(facts.controlPlaneRequest());
    workshop.almostHappens(new PoolObservationAwaited(facts.creation, facts.cluster, facts.pool));
    assertThat(workshop.calls()).isZero();
    assertThat(workshop.count("provisioning.request")).isZero();
    assertThat(workshop.count("provisioning.observed")).isZero();
    assertThat(workshop.count("provisioning.hint")).isZero();
    assertThat(workshop.count("provisioning.desired")).isZero();
  }

  @Test
  void an_awaited_observation_is_acknowledged_and_replaced_by_the_first_document() {
    OperationId roll = Facts.run();
    workshop.happens(new PoolObservationAwaited(roll, facts.cluster, facts.pool));
    assertThat(requests.acknowledged(facts.cluster)).hasSize(1);
    assertThat(workshop.count("provisioning.hint")).isEqualTo(1);
    assertThat(workshop.calls()).isZero();

    workshop.happens(facts.poolRequest(roll, 2));
    assertThat(requests.acknowledged(facts.cluster)).isEmpty();
    assertThat(requests.find(facts.poolRequest(roll, 2).idempotencyKey()))
        .hasValueSatisfying(
            open -> assertThat(open.request()).isEqualTo(facts.poolRequest(roll, 2)));
  }

  @Test
  void a_request_ends_with_its_target_and_with_its_run() {
    OperationId other = Facts.run();
    workshop.happens(
        facts.controlPlaneRequest(),
        facts.poolRequest(facts.creation, 1),
        new ControlPlaneRequested(other, facts.cluster, 2));
    workshop.happens(Ends.converged(facts, facts.creation, Target.CONTROL_PLANE));
    assertThat(workshop.count("provisioning.request")).isEqualTo(2);
    workshop.happens(Ends.cancelled(facts, facts.creation));
    assertThat(workshop.count("provisioning.request")).isEqualTo(1);
  }

  @Test
  void an_open_request_shows_its_progress_before_it_is_acknowledged() {
    workshop.happens(facts.controlPlaneRequest());
    assertThat(new ProvisioningProgress(database, Clock.systemUTC()).of(facts.creation))
        .hasEntrySatisfying(
            Target.CONTROL_PLANE,
            progress -> {
              assertThat(progress.acknowledged()).isFalse();
              assertThat(progress.summary()).isEmpty();
            });
    assertThat(new ProvisioningProgress(database, Clock.systemUTC()).of(Facts.run())).isEmpty();
  }
}
