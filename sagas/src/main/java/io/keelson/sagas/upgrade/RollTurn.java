package io.keelson.sagas.upgrade;

import io.keelson.commands.Decision.Rule;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.PoolId;
import io.keelson.commands.Verdict;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.RequestEvent.PoolRequested;
import io.keelson.commands.operation.RunEvent.DecisionMade;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedPool;
import io.keelson.commands.upgrade.RollEvent.NodeReplaced;
import io.keelson.commands.upgrade.RollEvent.NodesPlanned;
import io.keelson.commands.upgrade.RollEvent.NodesSelected;
import io.keelson.commands.upgrade.RollEvent.PlannedNode;
import io.keelson.commands.upgrade.UpgradePlan.Roll;
import io.keelson.sagas.operation.ProcessRun;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One reaction of a roll while it is being made: the events so far, and the state that they lead
 * to. It lives for one call and never leaves it.
 *
 * <p>A node is selected only where as many nodes as the policy of its pool requires stay ready
 * without it: never fewer than size − max_unavailable. There are never more machines than size +
 * max_surge (GKE and Cluster API, MachineDeployment).
 */
final class RollTurn {

  /** As many nodes stay ready as the upgrade policy of their pool requires. */
  static final Rule ROLLING_UPDATE = new Rule("rolling-update", 1);

  /** Fewer machines in addition where the provider has none to spare. */
  static final Rule SURGE_FALLBACK = new Rule("surge-fallback", 1);

  private final ProcessRun<? extends Roll> run;
  private final List<OperationEvent> events = new ArrayList<>();
  private RollState.Replacing state;

  RollTurn(ProcessRun<? extends Roll> run, RollState.Replacing state) {
    this.run = run;
    this.state = state;
  }

  RollState.Replacing state() {
    return state;
  }

  List<OperationEvent> events() {
    return List.copyOf(events);
  }

  private void add(OperationEvent event) {
    events.add(event);
    if (state.after(event) instanceof RollState.Replacing next) {
      state = next;
    }
  }

  /** The target has its desired state: the last event. */
  void converged(String result) {
    add(run.converged(Target.pool(pool()), result));
  }

  /**
   * Plans a round, and selects its first nodes. Those that are not ready come first, and at once:
   * the pool loses no ready node by it.
   */
  void plan(List<ObservedNode> nodes, Predicate<ObservedNode> outdated, ObservedPool observed) {
    List<ObservedNode> present =
        nodes.stream().filter(node -> node.phase() != NodePhase.DELETING).toList();
    List<ObservedNode> planned =
        present.stream()
            .filter(outdated)
            .sorted(Comparator.comparing((ObservedNode node) -> isReady(node)))
            .toList();
    List<NodeId> kept = present.stream().filter(outdated.negate()).map(ObservedNode::node).toList();
    add(
        new NodesPlanned(
            run.operation(),
            run.cluster(),
            pool(),
            planned.stream().map(n -> new PlannedNode(n.node(), n.version())).toList(),
            kept,
            run.plan().target().version()));
    int idle = (int) planned.stream().filter(node -> !isReady(node)).count();
    select(idle + room(observed), observed);
    request();
  }

  /** Selects the next nodes and requests their removal, as far as the policy allows it now. */
  void proceed(ObservedPool observed) {
    if (select(room(observed), observed)) {
      request();
    }
  }

  /** How many ready nodes may leave now. */
  private int room(ObservedPool observed) {
    return Math.max(0, observed.replicas().ready() - needed());
  }

  /** How many nodes have to stay ready. */
  private int needed() {
    return state.size() - run.plan().policy().maxUnavailable();
  }

  private boolean select(int count, ObservedPool observed) {
    List<NodeId> nodes =
        List.copyOf(state.remaining().subList(0, Math.min(count, state.remaining().size())));
    if (nodes.isEmpty()) {
      return false;
    }
    int ready = observed.replicas().ready();
    Map<String, String> inputs =
        Map.of(
            "nodes", nodes.stream().map(NodeId::toString).collect(Collectors.joining(", ")),
            "ready", Integer.toString(ready),
            "needed", Integer.toString(needed()),
            "size", Integer.toString(state.size()),
            "max_unavailable", Integer.toString(run.plan().policy().maxUnavailable()),
            "surge", Integer.toString(state.surge()),
            "remaining", Integer.toString(state.remaining().size()));
    String explanation =
        "The upgrade policy of the pool allows it: %d of %d nodes are ready, and %d must stay ready."
            .formatted(ready, state.size(), Math.max(0, needed()));
    add(
        new NodesSelected(
            run.operation(),
            run.cluster(),
            pool(),
            nodes,
            ROLLING_UPDATE.decided(run.subject(), Verdict.ACTED, inputs, explanation)));
    return true;
  }

  /** Nodes that are deleted, each with a ready node that was not there before; in order. */
  void pair(List<ObservedNode> nodes) {
    Set<NodeId> present = nodes.stream().map(ObservedNode::node).collect(Collectors.toSet());
    Deque<NodeId> successors =
        nodes.stream()
            .filter(node -> isReady(node) && isNew(node))
            .map(ObservedNode::node)
            .collect(Collectors.toCollection(ArrayDeque::new));
    for (NodeId node : state.draining()) {
      if (!present.contains(node) && !successors.isEmpty()) {
        add(
            new NodeReplaced(
                run.operation(), run.cluster(), pool(), node, successors.removeFirst()));
      }
    }
  }

  private boolean isNew(ObservedNode node) {
    return node.version().equals(run.plan().target().version())
        && !state.known().contains(node.node());
  }

  private static boolean isReady(ObservedNode node) {
    return node.phase() == NodePhase.READY;
  }

  /**
   * Requests fewer machines in addition (AKS: surge n, then 1, then in place), if that is possible.
   *
   * @param refusal of the provider, which has none to spare
   */
  void narrow(String refusal) {
    int surge = state.effectiveSurge();
    boolean inPlace = surge == 1 && run.plan().policy().maxUnavailable() > 0;
    if (surge < 1 || (surge == 1 && !inPlace)) {
      return;
    }
    int next = inPlace ? 0 : 1;
    Map<String, String> inputs =
        Map.of(
            "surge", Integer.toString(surge),
            "next_surge", Integer.toString(next),
            "refusal", refusal);
    add(
        new DecisionMade(
            run.operation(),
            run.cluster(),
            SURGE_FALLBACK.decided(
                run.subject(),
                Verdict.ACTED,
                inputs,
                "The provider has no machines to spare: the pool is rolled with %d more machines instead of %d."
                    .formatted(next, surge))));
    state = state.narrowedTo(next);
    request();
  }

  /** The next document of the series. */
  private void request() {
    add(
        new PoolRequested(
            run.operation(),
            run.cluster(),
            pool(),
            state.generation() + 1,
            state.desiredSize(),
            state.size() + state.effectiveSurge(),
            state.draining()));
  }

  private PoolId pool() {
    return run.plan().target().pool();
  }
}
