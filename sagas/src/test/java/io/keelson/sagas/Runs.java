package io.keelson.sagas;

import io.keelson.commands.ClusterAction;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.Lineage;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.cluster.ClusterPlan;
import io.keelson.commands.node.NodePlan;
import io.keelson.commands.operation.ComponentsTarget;
import io.keelson.commands.operation.ControlPlaneTarget;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import io.keelson.commands.operation.OperationCommand.StartOperation;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.PoolRun;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetObservation;
import io.keelson.commands.pool.PoolPlan;
import io.keelson.commands.provisioning.Condition;
import io.keelson.commands.provisioning.ObservedComponents;
import io.keelson.commands.provisioning.ObservedControlPlane;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedPool;
import io.keelson.commands.provisioning.Replicas;
import io.keelson.commands.provisioning.Result;
import io.keelson.commands.upgrade.UpgradePlan;
import io.keelson.sagas.operation.OperationDecider;
import io.keelson.sagas.operation.OperationEvolution;
import io.keelson.sagas.operation.OperationRules;
import io.keelson.sagas.operation.OperationState;
import io.keelson.sagas.operation.Processes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Sample plans, inputs and observations for the tests of this module. */
public final class Runs {

  public static final OperationId OPERATION = new OperationId(Id.derived("test", "operation"));
  public static final ClusterId CLUSTER = new ClusterId(Id.derived("test", "cluster"));
  public static final PoolId ONE = new PoolId(Id.derived("test", "pool", "one"));
  public static final PoolId TWO = new PoolId(Id.derived("test", "pool", "two"));
  public static final NodeId NODE = new NodeId(Id.derived("test", "node"));
  public static final OperationId RUN_ONE = new OperationId(Id.derived("test", "run", "one"));
  public static final OperationId RUN_TWO = new OperationId(Id.derived("test", "run", "two"));
  public static final Target POOL_ONE = Target.pool(ONE);
  public static final Target POOL_TWO = Target.pool(TWO);
  public static final KubernetesVersion VERSION = KubernetesVersion.of("1.36.1");
  public static final KubernetesVersion BEFORE = KubernetesVersion.of("1.35.3");
  public static final Lineage LINEAGE = new Lineage("SCWAAAAAAAAAAAAAAAAA", new UUID(7, 7), null);

  public static final Processes PROCESSES = AllProcesses.registered();
  public static final OperationDecider DECIDER =
      new OperationDecider(PROCESSES, OperationRules.DEFAULT);
  private static final OperationEvolution EVOLUTION = new OperationEvolution(PROCESSES);

  public static final ControlPlaneTarget CONTROL_PLANE = new ControlPlaneTarget(3, VERSION, 1);
  public static final ComponentsTarget COMPONENTS =
      new ComponentsTarget(3, VERSION, List.of("coredns", "csi"));

  public static final Plan CREATE =
      new ClusterPlan.CreateCluster(
          CLUSTER, CONTROL_PLANE, COMPONENTS, List.of(pool(ONE, 1), pool(TWO, 1)));
  public static final Plan UPDATE_CLUSTER = new ClusterPlan.UpdateCluster(CLUSTER, CONTROL_PLANE);
  public static final Plan SET_TYPE = new ClusterPlan.SetClusterType(CLUSTER, CONTROL_PLANE);
  public static final Plan SET_ACL = new ClusterPlan.SetAcl(CLUSTER, 2);
  public static final Target RESET = Target.action(ClusterAction.RESET_ADMIN_TOKEN);
  public static final Plan RESET_TOKEN =
      new ClusterPlan.RunAction(CLUSTER, ClusterAction.RESET_ADMIN_TOKEN);
  public static final Plan DELETE = new ClusterPlan.DeleteCluster(CLUSTER, List.of(ONE, TWO), true);
  public static final Plan CREATE_POOL = new PoolPlan.CreatePool(CLUSTER, pool(ONE, 1));
  public static final Plan UPDATE_POOL = new PoolPlan.UpdatePool(CLUSTER, pool(ONE, 2), List.of());
  public static final Plan SCALE_POOL =
      new PoolPlan.ScalePool(CLUSTER, pool(ONE, 2), List.of(node(7), node(8)));
  public static final Plan DELETE_POOL = new PoolPlan.DeletePool(CLUSTER, ONE);
  public static final Plan REBOOT = new NodePlan.RebootNode(CLUSTER, ONE, NODE, "boot-1");
  public static final Plan UPGRADE =
      new UpgradePlan.UpgradeCluster(
          CLUSTER,
          CONTROL_PLANE,
          COMPONENTS,
          List.of(new PoolRun(ONE, RUN_ONE), new PoolRun(TWO, RUN_TWO)));
  public static final Plan ROLL =
      new UpgradePlan.UpgradePool(CLUSTER, pool(ONE, 2), BEFORE, new UpgradePolicy(1, 0));
  public static final Plan REPLACE =
      new UpgradePlan.ReplaceNode(CLUSTER, pool(ONE, 2), node(1), new UpgradePolicy(1, 0));

  public static final List<Plan> PLANS =
      List.of(
          CREATE,
          UPDATE_CLUSTER,
          SET_TYPE,
          SET_ACL,
          RESET_TOKEN,
          DELETE,
          CREATE_POOL,
          UPDATE_POOL,
          SCALE_POOL,
          DELETE_POOL,
          REBOOT,
          UPGRADE,
          ROLL,
          REPLACE);

  public static final Result ACCEPTED = new Result.Accepted("uid", 1);
  public static final Result REFUSED =
      new Result.Refused(Result.Code.INVALID, "size", "too many nodes");
  public static final Result UNAVAILABLE = new Result.Unavailable("connection reset");

  private Runs() {}

  public static PoolTarget pool(PoolId pool, long generation) {
    return new PoolTarget(pool, generation, 2, VERSION);
  }

  public static NodeId node(int number) {
    return new NodeId(Id.derived("test", "node", Integer.toString(number)));
  }

  public static ObservedNode node(int number, KubernetesVersion version, NodePhase phase) {
    return new ObservedNode(
        node(number), ONE, "node-" + number, version, phase, "", Map.of(), "", "boot-1");
  }

  public static TargetObservation controlPlane(long generation, int ready) {
    return new TargetObservation.OfControlPlane(
        new ObservedControlPlane(
            generation,
            new Replicas(1, 1, ready, ready, 1, Map.of(VERSION, 1)),
            available(ready > 0)));
  }

  public static TargetObservation components(boolean ready) {
    return new TargetObservation.OfComponents(
        new ObservedComponents(3, Map.of("coredns", true, "csi", ready)));
  }

  /** A pool of two nodes. */
  public static TargetObservation pool(PoolId pool, long generation, int ready, String... blocked) {
    return new TargetObservation.OfPool(
        new ObservedPool(
            pool,
            generation,
            new Replicas(2, 2, ready, ready, 2, Map.of(VERSION, 2)),
            available(true),
            List.of(blocked)),
        List.of());
  }

  /** What a pool of {@code desired} nodes of one state is. */
  public static TargetObservation nodes(long generation, int desired, List<ObservedNode> nodes) {
    return nodes(generation, desired, nodes, nodes);
  }

  /**
   * What such a pool is while it no longer counts every node.
   *
   * @param counted the nodes that the pool counts: those that are drained may be missing
   */
  public static TargetObservation nodes(
      long generation, int desired, List<ObservedNode> counted, List<ObservedNode> nodes) {
    int ready = (int) counted.stream().filter(n -> n.phase() == NodePhase.READY).count();
    int upToDate = (int) counted.stream().filter(n -> n.version().equals(VERSION)).count();
    Map<KubernetesVersion, Integer> versions =
        counted.stream()
            .collect(Collectors.groupingBy(ObservedNode::version, Collectors.summingInt(_ -> 1)));
    return new TargetObservation.OfPool(
        new ObservedPool(
            ONE,
            generation,
            new Replicas(desired, counted.size(), ready, ready, upToDate, versions),
            available(true),
            List.of()),
        nodes);
  }

  private static List<Condition> available(boolean available) {
    return List.of(new Condition("Available", available ? "True" : "False", "", ""));
  }

  public static final TargetObservation NO_POOL = new TargetObservation.OfPool(null, List.of());
  public static final TargetObservation SOME_LEFT = new TargetObservation.OfAdditionalResources(1);
  public static final TargetObservation NONE_LEFT = new TargetObservation.OfAdditionalResources(0);
  public static final TargetObservation ABSENT = new TargetObservation.OfCluster(true);

  public static TargetObservation rebooted(NodePhase phase, String bootId) {
    return new TargetObservation.OfNode(
        new ObservedNode(NODE, ONE, "node", VERSION, phase, "", Map.of(), "", bootId));
  }

  public static Input responded(Target target, Result result) {
    return new Input.Responded(target, OPERATION + "/" + target, result);
  }

  /** To the request for a pool's document. */
  public static Input responded(PoolId pool, long generation, Result result) {
    Target target = Target.pool(pool);
    return new Input.Responded(target, OPERATION + "/" + target + "/" + generation, result);
  }

  public static Input observed(Target target, TargetObservation observation) {
    return new Input.Observed(target, observation);
  }

  public static Input withdrawn(Target target) {
    return new Input.Withdrawn(target, "superseded");
  }

  public static List<OperationEvent> start(Plan plan) {
    return DECIDER.decide(
        new StartOperation(OPERATION, plan, LINEAGE), new OperationState.Absent());
  }

  public static List<OperationEvent> advance(OperationState state, Input input) {
    return DECIDER.decide(new AdvanceOperation(OPERATION, input), state);
  }

  public static OperationState fold(OperationState state, List<OperationEvent> events) {
    OperationState next = state;
    for (OperationEvent event : events) {
      next = EVOLUTION.evolve(next, event);
    }
    return next;
  }

  public static OperationState after(Plan plan, Input... inputs) {
    OperationState state = fold(new OperationState.Absent(), start(plan));
    for (Input input : inputs) {
      state = fold(state, advance(state, input));
    }
    return state;
  }

  /** What follows from an input after others. */
  public static List<OperationEvent> last(Plan plan, Input... inputs) {
    Input[] before = Arrays.copyOf(inputs, inputs.length - 1);
    return advance(after(plan, before), inputs[inputs.length - 1]);
  }

  public static String names(List<? extends OperationEvent> events) {
    return events.isEmpty()
        ? "-"
        : events.stream().map(e -> e.getClass().getSimpleName()).collect(Collectors.joining(","));
  }
}
