package io.keelson.sagas.upgrade;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.keelson.commands.NodeId;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.RequestEvent.PoolRequested;
import io.keelson.commands.upgrade.RollEvent.NodeReplaced;
import io.keelson.commands.upgrade.RollEvent.NodesPlanned;
import io.keelson.commands.upgrade.RollEvent.NodesSelected;
import io.keelson.commands.upgrade.RollEvent.PlannedNode;
import io.keelson.sagas.operation.ProcessState;
import io.keelson.sagas.operation.Waits;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** How far a roll has come: its nodes are awaited, then replaced, then it has ended. */
public sealed interface RollState extends ProcessState {

  /** As it is after an event: total and silent. */
  RollState after(OperationEvent event);

  /**
   * The nodes of the pool are not known yet.
   *
   * @param size the number of nodes at the end
   * @param generation of the newest document before the roll
   * @param surge how many machines more than {@code size} there may be
   */
  @JsonTypeName("roll-awaiting-nodes")
  record AwaitingNodes(int size, long generation, int surge) implements RollState {

    @Override
    public RollState after(OperationEvent event) {
      return switch (event) {
        case NodesPlanned e -> begun().planned(e);
        case OperationEvent _ -> Waits.ended(event).isPresent() ? new Ended() : this;
      };
    }

    /** Before the first round. */
    Replacing begun() {
      return new Replacing(size, generation, surge, 0, List.of(), 0, List.of(), Set.of());
    }
  }

  /**
   * Nodes are being replaced.
   *
   * @param size the number of nodes at the end
   * @param generation of the newest document
   * @param surge how many machines more than {@code size} there may be: fewer than the policy
   *     allows where the provider has none to spare
   * @param round from 1; nodes that one plan has missed are planned in the next round
   * @param planned the nodes of this round, in order
   * @param selected how many of them are selected so far, from the first on
   * @param draining nodes that are selected and have no successor yet, in order
   * @param known nodes that cannot become successors: they were there before, or are one already
   */
  @JsonTypeName("roll-replacing")
  record Replacing(
      int size,
      long generation,
      int surge,
      int round,
      List<NodeId> planned,
      int selected,
      List<NodeId> draining,
      Set<NodeId> known)
      implements RollState {

    public Replacing {
      planned = List.copyOf(planned);
      draining = List.copyOf(draining);
      known = sorted(known);
    }

    /** In one order, which a snapshot keeps. */
    private static Set<NodeId> sorted(Set<NodeId> nodes) {
      Set<NodeId> sorted = new TreeSet<>(Comparator.comparing(NodeId::value));
      sorted.addAll(nodes);
      return Collections.unmodifiableSet(sorted);
    }

    @Override
    public RollState after(OperationEvent event) {
      return switch (event) {
        case NodesPlanned e -> planned(e);
        case NodesSelected e -> selected(e.nodes());
        case NodeReplaced e -> replaced(e);
        case PoolRequested e -> requested(e.generation(), e.maxSize() - size);
        case OperationEvent _ -> Waits.ended(event).isPresent() ? new Ended() : this;
      };
    }

    private Replacing planned(NodesPlanned e) {
      List<NodeId> nodes = e.nodes().stream().map(PlannedNode::node).toList();
      Set<NodeId> present = new HashSet<>(nodes);
      present.addAll(e.kept());
      return new Replacing(size, generation, surge, round + 1, nodes, 0, draining, present);
    }

    private Replacing selected(List<NodeId> nodes) {
      List<NodeId> all = Stream.concat(draining.stream(), nodes.stream()).toList();
      return new Replacing(
          size, generation, surge, round, planned, selected + nodes.size(), all, known);
    }

    private Replacing replaced(NodeReplaced e) {
      List<NodeId> left = draining.stream().filter(node -> !node.equals(e.node())).toList();
      Set<NodeId> more = new HashSet<>(known);
      more.add(e.successor());
      return new Replacing(size, generation, surge, round, planned, selected, left, more);
    }

    private Replacing requested(long newest, int effectiveSurge) {
      return new Replacing(size, newest, effectiveSurge, round, planned, selected, draining, known);
    }

    Replacing narrowedTo(int changed) {
      return requested(generation, changed);
    }

    /** Planned nodes that are not selected yet. */
    List<NodeId> remaining() {
      return planned.subList(Math.min(selected, planned.size()), planned.size());
    }

    /** How many more machines there can be: no more than are replaced. */
    int effectiveSurge() {
      return Math.min(surge, planned.size());
    }

    /** The desired number of nodes in addition to those that leave. */
    int desiredSize() {
      return size - selected + Math.min(planned.size(), selected + effectiveSurge());
    }
  }

  /** Nothing more is requested. */
  @JsonTypeName("roll-ended")
  record Ended() implements RollState {

    @Override
    public RollState after(OperationEvent event) {
      return this;
    }
  }
}
