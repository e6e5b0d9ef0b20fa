package io.keelson.sagas.operation;

import io.keelson.commands.AclRule;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.OpenIdConnect;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import io.keelson.commands.operation.OperationCommand.StartOperation;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.AclDocument;
import io.keelson.commands.provisioning.AdditionalResource;
import io.keelson.commands.provisioning.Answer;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.ComponentsDocument;
import io.keelson.commands.provisioning.Condition;
import io.keelson.commands.provisioning.ObservedComponents;
import io.keelson.commands.provisioning.ObservedControlPlane;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedNode.Phase;
import io.keelson.commands.provisioning.ObservedPool;
import io.keelson.commands.provisioning.PoolDocument;
import io.keelson.commands.provisioning.Replicas;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Sample plans and inputs for the tests of this package. */
final class Runs {

  static final OperationId OPERATION = new OperationId(Id.derived("test", "operation"));
  static final ClusterId CLUSTER = new ClusterId(Id.derived("test", "cluster"));
  static final PoolId ONE = new PoolId(Id.derived("test", "pool", "one"));
  static final PoolId TWO = new PoolId(Id.derived("test", "pool", "two"));
  static final KubernetesVersion VERSION = KubernetesVersion.of("1.35.3");
  static final OperationDecider DECIDER = new OperationDecider(OperationRules.DEFAULT);

  static final Plan CREATE =
      new Plan.CreateCluster(
          controlPlane(),
          new ComponentsDocument(CLUSTER, 1, VERSION, List.of("coredns")),
          List.of(pool(ONE, 1), pool(TWO, 1)));
  static final Plan UPDATE = new Plan.UpdatePool(pool(ONE, 2));
  static final Plan CREATE_POOL = new Plan.CreatePool(pool(ONE, 1));
  static final Plan SCALE = new Plan.ScalePool(pool(ONE, 2));
  static final Plan DELETE_POOL = new Plan.DeletePool(CLUSTER, ONE);
  static final Plan UPDATE_CLUSTER = new Plan.UpdateCluster(controlPlane(2));
  static final Plan SET_TYPE = new Plan.SetClusterType(controlPlane(2));
  static final Plan SET_ACL =
      new Plan.SetAcl(new AclDocument(CLUSTER, 2, List.of(AclRule.initial(CLUSTER))));
  static final Plan RESET_TOKEN = new Plan.ResetAdminToken(CLUSTER);
  static final NodeId NODE = new NodeId(Id.derived("test", "node"));
  static final Plan REBOOT = new Plan.RebootNode(CLUSTER, ONE, NODE);
  static final KubernetesVersion BEFORE = KubernetesVersion.of("1.34.6");
  static final Plan UPGRADE =
      new Plan.UpgradeCluster(
          controlPlane(1),
          new ComponentsDocument(CLUSTER, 1, VERSION, List.of("coredns")),
          BEFORE,
          BEFORE,
          List.of(
              new Plan.PoolRun(ONE, new OperationId(Id.derived("test", "run", "one"))),
              new Plan.PoolRun(TWO, new OperationId(Id.derived("test", "run", "two")))));
  static final Plan ROLL = new Plan.UpgradePool(pool(ONE, 2), BEFORE, new UpgradePolicy(1, 0));
  static final List<Plan> CHANGE_PLANS =
      List.of(UPDATE_CLUSTER, SET_TYPE, SET_ACL, RESET_TOKEN, REBOOT, UPGRADE, ROLL);
  static final List<Plan> POOL_PLANS = List.of(CREATE_POOL, UPDATE, SCALE, DELETE_POOL);
  static final Plan DELETE = new Plan.DeleteCluster(CLUSTER, List.of(ONE, TWO), true);

  static final Answer ACCEPTED = new Answer.Accepted("uid", 1);
  static final Answer REFUSED = new Answer.Refused(Answer.Code.QUOTA, "size", "too many nodes");
  static final Answer UNAVAILABLE = new Answer.Unavailable("connection reset");

  private Runs() {}

  static ClusterDocument controlPlane() {
    return controlPlane(1);
  }

  static ClusterDocument controlPlane(long generation) {
    return new ClusterDocument(
        CLUSTER,
        generation,
        "one",
        "fr-par",
        "kapsule",
        VERSION,
        1,
        "cilium",
        List.of(),
        List.of(),
        OpenIdConnect.NONE,
        List.of(),
        "100.64.0.0/15",
        "10.32.0.0/20",
        "10.32.0.10",
        null);
  }

  static PoolDocument pool(PoolId id, long generation) {
    return new PoolDocument(
        CLUSTER,
        id,
        generation,
        "one",
        "default",
        VERSION,
        "dev1_m",
        "fr-par-1",
        2,
        "containerd",
        "l_ssd",
        40_000_000_000L,
        false,
        Id.derived("test", "security-group"),
        null,
        null,
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        Map.of(),
        0,
        List.of());
  }

  static Sight controlPlane(long generation, int ready) {
    return new Sight.OfControlPlane(
        new ObservedControlPlane(
            generation,
            new Replicas(1, 1, ready, ready, 1, Map.of(VERSION, 1)),
            List.of(new Condition("Available", ready > 0 ? "True" : "False", "", ""))));
  }

  static Sight components(boolean ready) {
    return new Sight.OfComponents(new ObservedComponents(1, Map.of("coredns", ready)));
  }

  static Sight pool(PoolId id, long generation, int ready) {
    return new Sight.OfPool(
        new ObservedPool(
            id,
            generation,
            new Replicas(2, 2, ready, ready, 2, Map.of(VERSION, 2)),
            List.of(new Condition("Available", ready > 0 ? "True" : "False", "", "")),
            List.of()));
  }

  /** A pool with its nodes, in any state. */
  static Sight nodes(Random random) {
    List<ObservedNode> nodes =
        IntStream.range(0, random.nextInt(4))
            .mapToObj(
                i ->
                    node(
                        i,
                        random.nextBoolean() ? VERSION : BEFORE,
                        random.nextBoolean() ? Phase.READY : Phase.NOT_READY))
            .toList();
    return new Sight.OfPool(
        new ObservedPool(
            ONE,
            random.nextInt(6),
            new Replicas(2, 2, random.nextInt(3), 2, 2, Map.of(VERSION, 2)),
            List.of(new Condition("Available", "True", "", "")),
            random.nextBoolean() ? List.of() : List.of("a budget")),
        nodes);
  }

  static ObservedNode node(int number, KubernetesVersion version, Phase phase) {
    return new ObservedNode(
        new NodeId(Id.derived("test", "node", Integer.toString(number))),
        ONE,
        "node-" + number,
        version,
        phase,
        "",
        Map.of(),
        "",
        "");
  }

  static final Sight NO_POOL = new Sight.OfPool(null);
  static final Sight SOME_LEFT =
      new Sight.OfAdditionalResources(
          List.of(new AdditionalResource(Id.derived("test", "volume"), "volume", "data")));
  static final Sight NONE_LEFT = new Sight.OfAdditionalResources(List.of());
  static final Sight GONE = new Sight.OfCluster(true);

  static Input answered(Target target, int attempt, Answer answer) {
    return new Input.Answered(target, attempt, answer);
  }

  static Input withdrawn(Target target) {
    return new Input.Withdrawn(target, "superseded");
  }

  static Input accepted(Target target) {
    return answered(target, 1, ACCEPTED);
  }

  static Input seen(Target target, Sight sight) {
    return new Input.Seen(target, sight);
  }

  static List<OperationEvent> tell(OperationState state, Input input) {
    return DECIDER.decide(new AdvanceOperation(OPERATION, input), state);
  }

  static OperationState fold(OperationState state, List<OperationEvent> events) {
    OperationState next = state;
    for (OperationEvent event : events) {
      next = OperationEvolution.evolve(next, event);
    }
    return next;
  }

  static OperationState after(Plan plan, Input... inputs) {
    OperationState state =
        fold(
            new OperationState.Absent(),
            DECIDER.decide(new StartOperation(OPERATION, plan), new OperationState.Absent()));
    for (Input input : inputs) {
      state = fold(state, tell(state, input));
    }
    return state;
  }
}
