package io.keelson.adapters.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.Command;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterAbsent;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
import io.keelson.commands.node.NodeAttributes;
import io.keelson.commands.node.NodeCommand.RecordNodeAbsent;
import io.keelson.commands.node.NodeCommand.RecordNodeObserved;
import io.keelson.commands.provisioning.ObservedCluster;
import io.keelson.commands.provisioning.ObservedNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DifferencesTest {

  private final Facts facts = new Facts();
  private final NodeId first = Facts.newNode();
  private final NodeId second = Facts.newNode();
  private final KnownCluster nothing =
      new KnownCluster(facts.cluster, 1, null, false, Instant.EPOCH, 0, Map.of());

  private KnownCluster after(ObservedCluster observed) {
    Map<NodeId, NodeAttributes> nodes =
        observed.nodes().stream().collect(Collectors.toMap(ObservedNode::node, ObservedHealth::of));
    return new KnownCluster(
        facts.cluster, 1, ObservedHealth.of(observed), false, Instant.EPOCH, 0, nodes);
  }

  @Test
  void ready_nodes_come_first_and_the_cluster_last() {
    assertThat(
            Differences.present(
                nothing,
                facts.observed(
                    3,
                    facts.observedNode(first, NodePhase.CREATING),
                    facts.observedNode(second, NodePhase.READY))))
        .extracting(Command::stream)
        .containsExactly(second, first, facts.cluster);
  }

  @Test
  void what_is_known_is_no_difference_and_neither_are_levels() {
    KnownCluster known = after(facts.observed(3, facts.observedNode(first, NodePhase.READY)));

    assertThat(
            Differences.present(
                known, facts.observed(3, facts.observedNode(first, NodePhase.READY))))
        .isEmpty();
    assertThat(
            Differences.present(
                known,
                facts.observed(2, facts.observedNode(first, NodePhase.READY, "evicts 3 pods"))))
        .isEmpty();
  }

  @Test
  void a_known_node_that_is_not_shown_is_absent_and_an_unknown_one_is_not() {
    KnownCluster known = after(facts.observed(3, facts.observedNode(first, NodePhase.READY)));

    assertThat(
            Differences.present(
                known, facts.observed(3, facts.observedNode(second, NodePhase.CREATING))))
        .extracting(Object::getClass)
        .isEqualTo(List.of(RecordNodeObserved.class, RecordNodeAbsent.class));
  }

  @Test
  void an_absent_cluster_has_its_nodes_absent_first() {
    KnownCluster known = after(facts.observed(3, facts.observedNode(first, NodePhase.READY)));

    assertThat(Differences.absent(known))
        .containsExactly(
            new RecordNodeAbsent(first, facts.cluster), new RecordClusterAbsent(facts.cluster));
  }

  @Test
  void a_cluster_that_was_never_there_is_not_absent() {
    assertThat(Differences.absent(nothing)).isEmpty();
  }

  @Test
  void each_part_is_recorded_again_where_it_is_uncertain() {
    ObservedCluster observed = facts.observed(3, facts.observedNode(first, NodePhase.READY));
    KnownCluster known = after(observed);
    KnownCluster uncertain =
        new KnownCluster(
            known.cluster(), 2, known.recorded(), true, Instant.EPOCH, 0, known.nodes());

    assertThat(Differences.present(uncertain, observed))
        .extracting(Object::getClass)
        .isEqualTo(Stream.of(RecordNodeObserved.class, RecordClusterObserved.class).toList());
  }
}
