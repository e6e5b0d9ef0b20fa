package io.keelson.sagas;

import static io.keelson.sagas.Runs.ABSENT;
import static io.keelson.sagas.Runs.ACCEPTED;
import static io.keelson.sagas.Runs.CLUSTER;
import static io.keelson.sagas.Runs.LINEAGE;
import static io.keelson.sagas.Runs.NODE;
import static io.keelson.sagas.Runs.NONE_LEFT;
import static io.keelson.sagas.Runs.NO_POOL;
import static io.keelson.sagas.Runs.ONE;
import static io.keelson.sagas.Runs.OPERATION;
import static io.keelson.sagas.Runs.POOL_ONE;
import static io.keelson.sagas.Runs.POOL_TWO;
import static io.keelson.sagas.Runs.RUN_ONE;
import static io.keelson.sagas.Runs.RUN_TWO;
import static io.keelson.sagas.Runs.TWO;
import static io.keelson.sagas.Runs.components;
import static io.keelson.sagas.Runs.controlPlane;
import static io.keelson.sagas.Runs.node;
import static io.keelson.sagas.Runs.observed;
import static io.keelson.sagas.Runs.pool;
import static io.keelson.sagas.Runs.rebooted;
import static io.keelson.sagas.Runs.responded;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.ClusterAction;
import io.keelson.commands.Decision;
import io.keelson.commands.NodePhase;
import io.keelson.commands.Verdict;
import io.keelson.commands.cluster.ClusterPlan;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.RequestEvent.AclRequested;
import io.keelson.commands.operation.RequestEvent.AdditionalResourcesRemovalRequested;
import io.keelson.commands.operation.RequestEvent.ClusterActionRequested;
import io.keelson.commands.operation.RequestEvent.ClusterRemovalRequested;
import io.keelson.commands.operation.RequestEvent.ComponentsRequested;
import io.keelson.commands.operation.RequestEvent.ControlPlaneRequested;
import io.keelson.commands.operation.RequestEvent.NodeRebootRequested;
import io.keelson.commands.operation.RequestEvent.PoolRemovalRequested;
import io.keelson.commands.operation.RequestEvent.PoolRequested;
import io.keelson.commands.operation.RequestEvent.RunAwaited;
import io.keelson.commands.operation.RunEvent.OperationFinished;
import io.keelson.commands.operation.RunEvent.OperationStarted;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetObservation;
import io.keelson.commands.upgrade.RollEvent.NodesSelected;
import io.keelson.sagas.operation.OperationState;
import io.keelson.sagas.operation.OperationState.Absent;
import io.keelson.sagas.operation.OperationState.Ended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All that each process records when everything goes well, and no more. */
class ProcessEventsTest {

  private static final OperationEvent POOL_ONE_CREATED =
      new PoolRequested(OPERATION, CLUSTER, ONE, 1, 2, 0, List.of());
  private static final OperationEvent POOL_ONE_CHANGED =
      new PoolRequested(OPERATION, CLUSTER, ONE, 2, 2, 0, List.of());
  private static final String CONTROL_PLANE_READY = "1 of 1 API server ready at 1.36.1";
  private static final String POOL_READY = "2 of 2 nodes ready at 1.36.1";

  private static OperationEvent started(Plan plan, Target... steps) {
    return new OperationStarted(
        OPERATION, CLUSTER, plan, LINEAGE, List.of(steps), Duration.ofMinutes(15));
  }

  private static OperationEvent converged(String process, Target target, String result) {
    return new TargetConverged(OPERATION, CLUSTER, process, target, result);
  }

  private static OperationEvent finished(String process) {
    return new OperationFinished(OPERATION, CLUSTER, process);
  }

  static Stream<Arguments> processes() {
    ControlPlaneRequested controlPlane = new ControlPlaneRequested(OPERATION, CLUSTER, 3);
    Input controlPlaneReady = observed(Target.CONTROL_PLANE, controlPlane(3, 1));
    ComponentsRequested components = new ComponentsRequested(OPERATION, CLUSTER, Runs.COMPONENTS);
    Input componentsReady = observed(Target.COMPONENTS, components(true));
    return Stream.of(
        Arguments.of(
            Runs.CREATE,
            List.of(
                responded(Target.CONTROL_PLANE, ACCEPTED),
                observed(Target.CONTROL_PLANE, controlPlane(3, 0)),
                observed(Target.CONTROL_PLANE, controlPlane(2, 1)),
                controlPlaneReady,
                observed(Target.COMPONENTS, components(false)),
                componentsReady,
                observed(POOL_TWO, pool(TWO, 1, 1)),
                observed(POOL_TWO, pool(TWO, 1, 2)),
                observed(POOL_ONE, NO_POOL),
                observed(POOL_ONE, pool(ONE, 5, 2))),
            List.of(
                started(Runs.CREATE, Target.CONTROL_PLANE, Target.COMPONENTS, POOL_ONE, POOL_TWO),
                controlPlane,
                converged("create-cluster", Target.CONTROL_PLANE, CONTROL_PLANE_READY),
                components,
                converged("create-cluster", Target.COMPONENTS, "2 of 2 components ready"),
                POOL_ONE_CREATED,
                new PoolRequested(OPERATION, CLUSTER, TWO, 1, 2, 0, List.of()),
                converged("create-cluster", POOL_TWO, POOL_READY),
                converged("create-cluster", POOL_ONE, POOL_READY),
                finished("create-cluster"))),
        Arguments.of(
            Runs.UPDATE_CLUSTER,
            List.of(controlPlaneReady),
            List.of(
                started(Runs.UPDATE_CLUSTER, Target.CONTROL_PLANE),
                controlPlane,
                converged("update-cluster", Target.CONTROL_PLANE, CONTROL_PLANE_READY),
                finished("update-cluster"))),
        Arguments.of(
            Runs.SET_TYPE,
            List.of(controlPlaneReady),
            List.of(
                started(Runs.SET_TYPE, Target.CONTROL_PLANE),
                controlPlane,
                converged("set-cluster-type", Target.CONTROL_PLANE, CONTROL_PLANE_READY),
                finished("set-cluster-type"))),
        Arguments.of(
            Runs.SET_ACL,
            List.of(responded(Target.ACL, ACCEPTED)),
            List.of(
                started(Runs.SET_ACL, Target.ACL),
                new AclRequested(OPERATION, CLUSTER, 2),
                converged("set-acl", Target.ACL, "accepted by the provider"),
                finished("set-acl"))),
        Arguments.of(
            Runs.RESET_TOKEN,
            List.of(responded(Runs.RESET, ACCEPTED)),
            List.of(
                started(Runs.RESET_TOKEN, Runs.RESET),
                new ClusterActionRequested(OPERATION, CLUSTER, ClusterAction.RESET_ADMIN_TOKEN),
                converged("run-action", Runs.RESET, "accepted by the provider"),
                finished("run-action"))),
        Arguments.of(
            Runs.DELETE,
            List.of(
                observed(POOL_ONE, pool(ONE, 1, 1)),
                observed(POOL_TWO, NO_POOL),
                observed(POOL_ONE, NO_POOL),
                observed(Target.ADDITIONAL_RESOURCES, Runs.SOME_LEFT),
                observed(Target.ADDITIONAL_RESOURCES, NONE_LEFT),
                observed(Target.CLUSTER, new TargetObservation.OfCluster(false)),
                observed(Target.CLUSTER, ABSENT)),
            List.of(
                started(
                    Runs.DELETE, POOL_ONE, POOL_TWO, Target.ADDITIONAL_RESOURCES, Target.CLUSTER),
                new PoolRemovalRequested(OPERATION, CLUSTER, ONE),
                new PoolRemovalRequested(OPERATION, CLUSTER, TWO),
                converged("delete-cluster", POOL_TWO, "absent"),
                converged("delete-cluster", POOL_ONE, "absent"),
                new AdditionalResourcesRemovalRequested(OPERATION, CLUSTER),
                converged("delete-cluster", Target.ADDITIONAL_RESOURCES, "0 resources left"),
                new ClusterRemovalRequested(OPERATION, CLUSTER),
                converged("delete-cluster", Target.CLUSTER, "absent"),
                finished("delete-cluster"))),
        Arguments.of(
            new ClusterPlan.DeleteCluster(CLUSTER, List.of(), false),
            List.of(observed(Target.CLUSTER, ABSENT)),
            List.of(
                started(new ClusterPlan.DeleteCluster(CLUSTER, List.of(), false), Target.CLUSTER),
                new ClusterRemovalRequested(OPERATION, CLUSTER),
                converged("delete-cluster", Target.CLUSTER, "absent"),
                finished("delete-cluster"))),
        Arguments.of(
            Runs.CREATE_POOL,
            List.of(responded(ONE, 1, ACCEPTED), observed(POOL_ONE, pool(ONE, 1, 2))),
            List.of(
                started(Runs.CREATE_POOL, POOL_ONE),
                POOL_ONE_CREATED,
                converged("create-pool", POOL_ONE, POOL_READY),
                finished("create-pool"))),
        Arguments.of(
            Runs.UPDATE_POOL,
            List.of(
                responded(ONE, 2, ACCEPTED),
                observed(POOL_ONE, pool(ONE, 1, 2)),
                observed(POOL_ONE, pool(ONE, 2, 2))),
            List.of(
                started(Runs.UPDATE_POOL, POOL_ONE),
                POOL_ONE_CHANGED,
                converged("update-pool", POOL_ONE, POOL_READY),
                finished("update-pool"))),
        Arguments.of(
            Runs.SCALE_POOL,
            List.of(observed(POOL_ONE, pool(ONE, 2, 2))),
            List.of(
                started(Runs.SCALE_POOL, POOL_ONE),
                new NodesSelected(
                    OPERATION,
                    CLUSTER,
                    ONE,
                    List.of(node(7), node(8)),
                    new Decision(
                        "node-removal",
                        1,
                        "pool/" + ONE,
                        Verdict.ACTED,
                        Map.of("nodes", node(7) + ", " + node(8), "size", "2"),
                        "These nodes are removed because their removal was requested.")),
                new PoolRequested(OPERATION, CLUSTER, ONE, 2, 2, 0, List.of(node(7), node(8))),
                converged("scale-pool", POOL_ONE, POOL_READY),
                finished("scale-pool"))),
        Arguments.of(
            Runs.DELETE_POOL,
            List.of(observed(POOL_ONE, pool(ONE, 1, 2)), observed(POOL_ONE, NO_POOL)),
            List.of(
                started(Runs.DELETE_POOL, POOL_ONE),
                new PoolRemovalRequested(OPERATION, CLUSTER, ONE),
                converged("delete-pool", POOL_ONE, "absent"),
                finished("delete-pool"))),
        Arguments.of(
            Runs.REBOOT,
            List.of(
                responded(Target.node(NODE), ACCEPTED),
                observed(Target.node(NODE), rebooted(NodePhase.READY, "boot-1")),
                observed(Target.node(NODE), rebooted(NodePhase.REBOOTING, "boot-2")),
                observed(Target.node(NODE), new TargetObservation.OfNode(null)),
                observed(Target.node(NODE), rebooted(NodePhase.READY, "boot-2"))),
            List.of(
                started(Runs.REBOOT, Target.node(NODE)),
                new NodeRebootRequested(OPERATION, CLUSTER, ONE, NODE),
                converged("reboot-node", Target.node(NODE), "ready at 1.36.1"),
                finished("reboot-node"))),
        Arguments.of(
            Runs.UPGRADE,
            List.of(
                controlPlaneReady,
                componentsReady,
                observed(POOL_ONE, pool(ONE, 9, 2)),
                new Input.RunEnded(POOL_TWO, null),
                new Input.RunEnded(POOL_TWO, "delivered twice"),
                new Input.RunEnded(POOL_ONE, null)),
            List.of(
                started(Runs.UPGRADE, Target.CONTROL_PLANE, Target.COMPONENTS, POOL_ONE, POOL_TWO),
                controlPlane,
                converged("upgrade-cluster", Target.CONTROL_PLANE, CONTROL_PLANE_READY),
                components,
                converged("upgrade-cluster", Target.COMPONENTS, "2 of 2 components ready"),
                new RunAwaited(OPERATION, CLUSTER, POOL_ONE, RUN_ONE),
                new RunAwaited(OPERATION, CLUSTER, POOL_TWO, RUN_TWO),
                converged("upgrade-cluster", POOL_TWO, "operation " + RUN_TWO + " has finished"),
                converged("upgrade-cluster", POOL_ONE, "operation " + RUN_ONE + " has finished"),
                finished("upgrade-cluster"))));
  }

  @ParameterizedTest
  @MethodSource("processes")
  void a_run_records_its_requests_and_how_each_step_has_ended(
      Plan plan, List<Input> inputs, List<OperationEvent> expected) {
    List<OperationEvent> stream = new ArrayList<>(Runs.start(plan));
    OperationState state = Runs.fold(new Absent(), stream);
    for (Input input : inputs) {
      List<OperationEvent> events = Runs.advance(state, input);
      stream.addAll(events);
      state = Runs.fold(state, events);
      assertThat(Runs.advance(state, input)).as("%s twice", input).isEmpty();
    }
    assertThat(stream).isEqualTo(expected);
    assertThat(state).isEqualTo(new Ended(LINEAGE));
  }

  /** A cluster with one pool of two nodes; a change of labels. */
  @ParameterizedTest
  @MethodSource("budgets")
  void a_run_keeps_within_its_budget_of_events(Plan plan, List<Input> inputs, int max) {
    int events = Runs.start(plan).size();
    OperationState state = Runs.after(plan);
    for (Input input : inputs) {
      List<OperationEvent> more = Runs.advance(state, input);
      events += more.size();
      state = Runs.fold(state, more);
    }
    assertThat(state).isInstanceOf(Ended.class);
    assertThat(events).isLessThanOrEqualTo(max);
  }

  static Stream<Arguments> budgets() {
    Plan creation =
        new ClusterPlan.CreateCluster(
            CLUSTER, Runs.CONTROL_PLANE, Runs.COMPONENTS, List.of(pool(ONE, 1)));
    return Stream.of(
        Arguments.of(
            creation,
            List.of(
                responded(Target.CONTROL_PLANE, ACCEPTED),
                observed(Target.CONTROL_PLANE, controlPlane(3, 0)),
                observed(Target.CONTROL_PLANE, controlPlane(3, 1)),
                responded(Target.COMPONENTS, ACCEPTED),
                observed(Target.COMPONENTS, components(false)),
                observed(Target.COMPONENTS, components(true)),
                responded(ONE, 1, ACCEPTED),
                observed(POOL_ONE, pool(ONE, 1, 0)),
                observed(POOL_ONE, pool(ONE, 1, 1)),
                observed(POOL_ONE, pool(ONE, 1, 2))),
            8),
        Arguments.of(
            Runs.UPDATE_POOL,
            List.of(responded(ONE, 2, ACCEPTED), observed(POOL_ONE, pool(ONE, 2, 2))),
            4));
  }
}
