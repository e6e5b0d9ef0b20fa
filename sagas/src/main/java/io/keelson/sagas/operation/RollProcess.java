package io.keelson.sagas.operation;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.operation.OperationEvent.PoolRequested;
import io.keelson.commands.operation.OperationEvent.Request;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Sight;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.Convergence;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedNode.Phase;
import io.keelson.commands.provisioning.ObservedPool;
import io.keelson.commands.provisioning.PoolDocument;
import io.keelson.sagas.operation.OperationState.Rolling;
import io.keelson.sagas.operation.OperationState.Running;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Replaces nodes of a pool, one after the other in a planned order, by a series of whole documents:
 * each says which nodes go and how many there should be beside them.
 *
 * <p>A node goes only where as many nodes as the policy wants stay ready without it: never fewer
 * than size − max_unavailable. There are never more than size + max_surge (GKE and Cluster API,
 * MachineDeployment).
 *
 * @param document as it is to be at the end
 * @param policy of the pool
 * @param replaced which nodes
 * @param everyNode whether the pool is to have nodes of one version at the end
 */
record RollProcess(
    PoolDocument document,
    UpgradePolicy policy,
    Predicate<ObservedNode> replaced,
    boolean everyNode)
    implements LongProcess {

  /** Nodes that a plan has missed, because a look was late, are planned for once more. */
  private static final int MOST_ROUNDS = 3;

  /**
   * What comes next.
   *
   * @param plan the nodes of a new round; null: it is known
   * @param leaving nodes that go now
   */
  record Move(@Nullable List<NodeId> plan, List<NodeId> leaving) {}

  static RollProcess of(Plan.UpgradePool plan) {
    KubernetesVersion target = plan.pool().version();
    boolean sameVersion = plan.from().equals(target);
    return new RollProcess(
        plan.pool(), plan.policy(), node -> sameVersion || !node.version().equals(target), true);
  }

  static RollProcess of(Plan.ReplaceNode plan) {
    return new RollProcess(
        plan.pool(), plan.policy(), node -> node.node().equals(plan.node()), false);
  }

  /** Where a run of that plan begins; null: it rolls nothing. */
  static @Nullable Rolling begin(Plan plan) {
    return LongProcess.of(plan) instanceof RollProcess roll
        ? new Rolling(roll.document.generation(), roll.policy.maxSurge(), null, List.of(), 0)
        : null;
  }

  @Override
  public List<Step> steps() {
    return List.of(new Step("nodes", List.of(Target.pool(document.pool()))));
  }

  @Override
  public Request request(OperationId operation, Target target, int attempt, Running run) {
    Rolling rolling = rolling(run);
    return new PoolRequested(
        operation, document.cluster(), attempt, document(rolling, rolling.generation()));
  }

  /** The next document of the series. */
  Request next(OperationId operation, int attempt, Rolling rolling) {
    return new PoolRequested(
        operation, document.cluster(), attempt, document(rolling, rolling.generation() + 1));
  }

  static Rolling rolling(Running run) {
    Rolling rolling = run.rolling();
    if (rolling == null) {
      throw new IllegalStateException("a roll without a state: " + run.plan());
    }
    return rolling;
  }

  /** What has no plan yet asks for nothing new: its answer comes with the nodes that there are. */
  private PoolDocument document(Rolling rolling, long generation) {
    List<NodeId> planned = rolling.planned();
    if (planned == null) {
      return document.rolled(generation, document.size(), 0, List.of());
    }
    int gone = rolling.chosen().size();
    int surge = Math.min(rolling.surge(), planned.size());
    int nodes = document.size() - gone + Math.min(planned.size(), gone + surge);
    return document.rolled(generation, nodes, document.size() + surge, rolling.chosen());
  }

  @Override
  public boolean converged(Target target, Sight sight, Running run) {
    Rolling rolling = rolling(run);
    if (!(sight instanceof Sight.OfPool(var pool, _))
        || pool == null
        || rolling.planned() == null
        || !rolling.remaining().isEmpty()) {
      return false;
    }
    PoolDocument last = document(rolling, rolling.generation());
    return everyNode ? Convergence.upToDate(last, pool) : Convergence.converged(last, pool);
  }

  /** What follows from a look at the pool; empty: nothing before the next one. */
  Optional<Move> move(Rolling rolling, Sight sight) {
    if (!(sight instanceof Sight.OfPool(var pool, var nodes)) || pool == null) {
      return Optional.empty();
    }
    if (rolling.planned() == null) {
      return nodes == null || rolling.round() >= MOST_ROUNDS
          ? Optional.empty()
          : Optional.of(begin(nodes, pool));
    }
    if (pool.observedGeneration() < rolling.generation()) {
      return Optional.empty(); // it speaks of an earlier document
    }
    List<NodeId> leaving = first(rolling.remaining(), room(pool));
    return leaving.isEmpty() ? Optional.empty() : Optional.of(new Move(null, leaving));
  }

  /** Whether a plan has missed nodes, so that another is needed. */
  boolean hasMissedNodes(Rolling rolling, Sight sight) {
    return sight instanceof Sight.OfPool(var pool, _)
        && pool != null
        && rolling.planned() != null
        && rolling.remaining().isEmpty()
        && rolling.round() < MOST_ROUNDS
        && Convergence.converged(document(rolling, rolling.generation()), pool);
  }

  /** Those that do not serve go first, and at once: nothing is lost by it. */
  private Move begin(List<ObservedNode> nodes, ObservedPool pool) {
    List<ObservedNode> planned =
        nodes.stream()
            .filter(node -> node.phase() != Phase.DELETING && replaced.test(node))
            .sorted(Comparator.comparing(node -> node.phase() == Phase.READY))
            .toList();
    int idle = (int) planned.stream().filter(node -> node.phase() != Phase.READY).count();
    List<NodeId> order = planned.stream().map(ObservedNode::node).toList();
    return new Move(order, first(order, idle + room(pool)));
  }

  /** How many ready nodes may go now. */
  private int room(ObservedPool pool) {
    return Math.max(0, pool.replicas().ready() - needed());
  }

  /** How many nodes have to stay ready. */
  int needed() {
    return document.size() - policy.maxUnavailable();
  }

  private static List<NodeId> first(List<NodeId> nodes, int count) {
    return new ArrayList<>(nodes.subList(0, Math.min(nodes.size(), count)));
  }

  /**
   * With how many nodes too many to try again when the provider has none to spare (AKS: surge n,
   * then 1, then in place); empty: not at all.
   */
  OptionalInt narrower(Rolling rolling) {
    List<NodeId> planned = rolling.planned();
    int surge = planned == null ? 0 : Math.min(rolling.surge(), planned.size());
    if (surge > 1) {
      return OptionalInt.of(1);
    }
    return surge == 1 && policy.maxUnavailable() > 0 ? OptionalInt.of(0) : OptionalInt.empty();
  }

  /** What a decision that nodes go now is made of. */
  Map<String, String> inputs(Rolling rolling, List<NodeId> leaving, Sight sight) {
    int ready =
        sight instanceof Sight.OfPool(var pool, _) && pool != null ? pool.replicas().ready() : 0;
    return Map.of(
        "nodes", leaving.stream().map(NodeId::toString).collect(Collectors.joining(", ")),
        "ready", Integer.toString(ready),
        "needed", Integer.toString(needed()),
        "size", Integer.toString(document.size()),
        "max_unavailable", Integer.toString(policy.maxUnavailable()),
        "surge", Integer.toString(rolling.surge()),
        "remaining", Integer.toString(rolling.remaining().size()));
  }

  /** How many nodes there are to be at the end. */
  static int size(Running run) {
    return LongProcess.of(run.plan()) instanceof RollProcess roll ? roll.document.size() : 0;
  }
}
