package io.keelson.sagas.operation;

import static io.keelson.sagas.Runs.CLUSTER;
import static io.keelson.sagas.Runs.ONE;
import static io.keelson.sagas.Runs.OPERATION;
import static io.keelson.sagas.Runs.POOL_ONE;
import static io.keelson.sagas.Runs.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.commands.Command;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.Commands;
import io.keelson.commands.Decision;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.Id;
import io.keelson.commands.OperationId;
import io.keelson.commands.Origin;
import io.keelson.commands.Verdict;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterCreation;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionStarted;
import io.keelson.commands.node.NodeCommand.CordonNode;
import io.keelson.commands.node.NodeEvent.NodeRebootStarted;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import io.keelson.commands.operation.OperationCommand.StartOperation;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.RunEvent.DeadlineExtended;
import io.keelson.commands.operation.RunEvent.OperationFailed;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.Timer;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFinished;
import io.keelson.commands.upgrade.RollEvent.NodesSelected;
import io.keelson.sagas.Runs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProcessReactorTest {

  private static final OperationEvent COMPONENTS_CONVERGED =
      new TargetConverged(OPERATION, CLUSTER, "create-cluster", Target.COMPONENTS, "ready");
  private static final OperationId OTHER = new OperationId(Id.derived("test", "other"));

  private final Store store = new Store();
  private final List<String> timers = new ArrayList<>();
  private final ProcessReactor reactor =
      new ProcessReactor(
          Runs.PROCESSES,
          store,
          (operation, timer, after) -> timers.add(operation + " " + timer.encode() + " " + after));

  /** One run that really decides; other streams refuse what they are told to. */
  private static final class Store implements Commands {

    private final List<Command> others = new ArrayList<>();
    private final List<OperationEvent> events = new ArrayList<>();
    private final List<Origin> origins = new ArrayList<>();
    private OperationState state = new OperationState.Absent();
    private @Nullable RuntimeException failure;

    @Override
    public Receipt send(Command command, Origin origin) {
      origins.add(origin);
      if (command instanceof OperationCommand c && c.operation().equals(OPERATION)) {
        List<OperationEvent> decided = Runs.DECIDER.decide(c, state);
        state = Runs.fold(state, decided);
        events.addAll(decided);
        return new Receipt(command.stream(), events.size() - 1, List.<DomainEvent>copyOf(decided));
      }
      if (failure != null) {
        throw failure;
      }
      others.add(command);
      return new Receipt(command.stream(), 0, List.of());
    }
  }

  private static EventMessage<?> message(DomainEvent event) {
    return new GenericEventMessage<>(event, Map.copyOf(Samples.ORIGIN.toMetadata()));
  }

  private void started() {
    store.send(
        new StartOperation(OPERATION, Runs.CREATE, Runs.LINEAGE),
        Origin.system("test", Origin.SYSTEM, "test"));
  }

  private static Origin expected(EventMessage<?> message, OperationId operation) {
    return new Origin(
        "SCWAAAAAAAAAAAAAAAAA",
        "system:processes",
        Runs.LINEAGE.correlationId(),
        new Origin.Cause(Origin.EVENTS, message.getIdentifier()),
        operation,
        null,
        null,
        null);
  }

  @Test
  void an_event_of_a_subject_starts_a_run_once() {
    var reboot = new NodeRebootStarted(Runs.NODE, CLUSTER, ONE, OPERATION, "boot-1");
    EventMessage<?> message = message(reboot);
    reactor.on(reboot, message);
    reactor.on(reboot, message); // killed before it could say that it had seen it
    assertThat(store.events).isEqualTo(Runs.start(Runs.REBOOT));
    assertThat(store.origins).containsOnly(expected(message, OPERATION));
  }

  @Test
  void what_follows_has_the_initiator_of_the_event_and_the_reactor_as_principal() {
    EventMessage<?> message = message(COMPONENTS_CONVERGED);
    reactor.on(COMPONENTS_CONVERGED, message);
    assertThat(store.others).containsExactly(new FinishClusterCreation(CLUSTER, OPERATION));
    assertThat(store.origins)
        .singleElement()
        .satisfies(
            origin -> {
              assertThat(origin.initiator()).isEqualTo("SCWAAAAAAAAAAAAAAAAA");
              assertThat(origin.principal()).isEqualTo("system:processes");
              assertThat(origin.correlationId()).isEqualTo(Runs.LINEAGE.correlationId());
              assertThat(origin.cause())
                  .isEqualTo(new Origin.Cause(Origin.EVENTS, message.getIdentifier()));
              assertThat(origin.call()).as("nobody has called for it").isNull();
            });
  }

  @Test
  void a_command_to_another_run_belongs_to_that_run() {
    var finished = new PoolUpgradeFinished(CLUSTER, ONE, OPERATION, OTHER);
    EventMessage<?> message = message(finished);
    reactor.on(finished, message);
    assertThat(store.others)
        .containsExactly(new AdvanceOperation(OTHER, new Input.RunEnded(POOL_ONE, null)));
    assertThat(store.origins).containsExactly(expected(message, OTHER));
  }

  @Test
  void a_rejected_command_of_an_outcome_ends_its_run_with_the_reason() {
    started();
    store.failure = new CommandRejected(CommandRejected.Reason.BUSY, "something else runs");
    reactor.on(COMPONENTS_CONVERGED, message(COMPONENTS_CONVERGED));
    assertThat(store.events.getLast())
        .isEqualTo(
            new OperationFailed(
                OPERATION,
                CLUSTER,
                "create-cluster",
                "the command FinishClusterCreation was rejected (BUSY): something else runs"));
  }

  @Test
  void a_node_that_cannot_be_cordoned_does_not_end_the_run() {
    started();
    List<OperationEvent> before = List.copyOf(store.events);
    var selected =
        new NodesSelected(
            OPERATION,
            CLUSTER,
            ONE,
            List.of(node(1), node(2)),
            new Decision("rolling-update", 1, "pool", Verdict.ACTED, Map.of(), "Allowed."));
    reactor.on(selected, message(selected));
    assertThat(store.others)
        .containsExactly(new CordonNode(node(1), OPERATION), new CordonNode(node(2), OPERATION));
    store.failure = new CommandRejected(CommandRejected.Reason.NOT_FOUND, "deleted");
    reactor.on(selected, message(selected));
    assertThat(store.events).isEqualTo(before);
  }

  @Test
  void an_event_is_not_passed_over_while_the_store_is_away() {
    store.failure = new Commands.StoreUnavailable("away", new IllegalStateException());
    assertThatThrownBy(() -> reactor.on(COMPONENTS_CONVERGED, message(COMPONENTS_CONVERGED)))
        .isInstanceOf(Commands.StoreUnavailable.class);
  }

  @Test
  void the_progress_deadline_is_set_at_the_start_and_with_each_extension() {
    OperationEvent started = Runs.start(Runs.CREATE).getFirst();
    var extended =
        new DeadlineExtended(
            OPERATION,
            CLUSTER,
            new Timer.ProgressDeadline(2),
            Duration.ofMinutes(1),
            new Decision("progress-deadline", 2, "cluster", Verdict.HELD, Map.of(), "Later."));
    reactor.on(started, message(started));
    reactor.on(extended, message(extended));
    reactor.on(COMPONENTS_CONVERGED, message(COMPONENTS_CONVERGED));
    assertThat(timers)
        .containsExactly(
            OPERATION + " progress-deadline/1 PT15M", OPERATION + " progress-deadline/2 PT1M");
  }

  @Test
  void a_superseded_run_that_never_began_does_not_keep_the_deletion_from_starting() {
    store.failure = new CommandRejected(CommandRejected.Reason.NOT_FOUND, "not started");
    var started = new ClusterDeletionStarted(CLUSTER, OPERATION, false, List.of(), List.of(OTHER));
    reactor.on(started, message(started));
    assertThat(store.state).isInstanceOf(OperationState.Running.class);
  }
}
