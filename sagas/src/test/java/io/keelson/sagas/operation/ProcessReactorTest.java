package io.keelson.sagas.operation;

import static io.keelson.sagas.operation.Runs.CLUSTER;
import static io.keelson.sagas.operation.Runs.CREATE;
import static io.keelson.sagas.operation.Runs.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.commands.Command;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.Commands;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.OperationId;
import io.keelson.commands.Origin;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterCreation;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.ControlPlaneObserved;
import io.keelson.commands.operation.OperationCommand;
import io.keelson.commands.operation.OperationCommand.StartOperation;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.OperationEvent.OperationFailed;
import io.keelson.commands.operation.OperationEvent.StepFinished;
import io.keelson.commands.operation.OperationEvent.TimerSet;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.Sight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProcessReactorTest {

  private final Store store = new Store();
  private final Set<String> timers = new HashSet<>();
  private final ProcessReactor reactor =
      new ProcessReactor(store, (operation, timer, number, after) -> timers.add(timer + number));

  /** One run that really decides; clusters refuse what they are told to. */
  private static final class Store implements Commands {

    private final List<Command> others = new ArrayList<>();
    private final List<OperationEvent> events = new ArrayList<>();
    private final List<Origin> origins = new ArrayList<>();
    private OperationState state = new OperationState.Absent();
    private @Nullable RuntimeException failure;

    @Override
    public Receipt send(Command command, Origin origin) {
      origins.add(origin);
      if (command instanceof OperationCommand o) {
        List<OperationEvent> decided = Runs.DECIDER.decide(o, state);
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

  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private static EventMessage<?> message(DomainEvent event) {
    Origin origin =
        Origin.request(
            "SCWAAAAAAAAAAAAAAAAA",
            new UUID(7, 7),
            new Origin.Call("CreateCluster", "127.0.0.1", "test"),
            TRACE);
    return new GenericEventMessage<>(event, Map.copyOf(origin.toMetadata()));
  }

  private void started() {
    store.send(new StartOperation(OPERATION, CREATE), Origin.system("test", Origin.SYSTEM, "test"));
  }

  @Test
  void an_event_that_comes_again_after_a_kill_has_one_effect() {
    started();
    var observed =
        new ControlPlaneObserved(
            CLUSTER,
            List.of(OPERATION),
            ((Sight.OfControlPlane) Runs.controlPlane(1, 1)).controlPlane());
    EventMessage<?> message = message(observed);
    reactor.on(observed, message);
    List<OperationEvent> once = List.copyOf(store.events);
    reactor.on(observed, message); // killed before it could say that it had seen it
    assertThat(store.events).isEqualTo(once).hasSizeGreaterThan(4);
  }

  @Test
  void what_follows_says_which_event_caused_it_and_who_is_behind_it() {
    var step = new StepFinished(OPERATION, CLUSTER, OperationKind.CREATE, "system-components");
    EventMessage<?> message = message(step);
    reactor.on(step, message);
    assertThat(store.others).containsExactly(new FinishClusterCreation(CLUSTER, OPERATION));
    Origin origin = store.origins.getLast();
    assertThat(origin.cause()).isEqualTo(new Origin.Cause(Origin.EVENTS, message.getIdentifier()));
    assertThat(origin.principal()).isEqualTo("SCWAAAAAAAAAAAAAAAAA");
    assertThat(origin.correlationId()).isEqualTo(new UUID(7, 7));
    assertThat(origin.operation()).isEqualTo(OPERATION);
    assertThat(origin.traceparent()).isEqualTo(TRACE);
    assertThat(origin.call()).as("it was not asked for").isNull();
  }

  @Test
  void a_refused_effect_ends_its_run_with_the_reason() {
    started();
    store.failure = new CommandRejected(CommandRejected.Reason.BUSY, "something else runs");
    var step = new StepFinished(OPERATION, CLUSTER, OperationKind.CREATE, "system-components");
    reactor.on(step, message(step));
    assertThat(store.events.getLast())
        .isInstanceOfSatisfying(
            OperationFailed.class,
            e -> assertThat(e.reason()).contains("FinishClusterCreation").contains("BUSY"));
  }

  @Test
  void an_event_is_not_passed_over_while_the_store_is_away() {
    store.failure = new Commands.StoreUnavailable("gone", new IllegalStateException());
    var step = new StepFinished(OPERATION, CLUSTER, OperationKind.CREATE, "system-components");
    assertThatThrownBy(() -> reactor.on(step, message(step)))
        .isInstanceOf(Commands.StoreUnavailable.class);
  }

  @Test
  void a_timer_is_set_as_often_as_it_is_asked_for_and_is_one() {
    var set = new TimerSet(OPERATION, CLUSTER, "progress", 1, Duration.ofMinutes(15));
    reactor.on(set, message(set));
    reactor.on(set, message(set));
    assertThat(timers).containsExactly("progress1");
  }

  @Test
  void a_superseded_run_that_never_began_does_not_hold_up_the_deletion() {
    OperationId deletion = OPERATION;
    OperationId never = new OperationId(new UUID(9, 9));
    var started = new ClusterDeletionStarted(CLUSTER, deletion, false, List.of(), List.of(never));
    reactor.on(started, message(started));
    assertThat(store.state).isInstanceOf(OperationState.Running.class);
  }
}
