package io.keelson.adapters.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.simulator.Simulator;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Command;
import io.keelson.commands.NodeId;
import io.keelson.commands.node.NodeCommand.RecordNodeGone;
import io.keelson.commands.node.NodeCommand.RecordNodeObserved;
import io.keelson.commands.provisioning.Observation;
import io.keelson.commands.provisioning.ObservedCluster;
import io.keelson.commands.provisioning.ObservedComponents;
import io.keelson.commands.provisioning.ObservedControlPlane;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedNode.Phase;
import io.keelson.commands.provisioning.Replicas;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one look records, and in which order. */
class LookTest {

  private final ClusterId cluster = Documents.newCluster();
  private final Simulator simulator = Workshop.simulator(PooledDatabase.of("simulator"));
  private final AtomicReference<Observation> sight = new AtomicReference<>(new Observation.Gone());
  private final RecordingCommands commands = new RecordingCommands();
  private final Look look =
      new Look(
          new ForwardingProvisioning(simulator) {
            @Override
            public Observation observe(ClusterId id) {
              return sight.get();
            }
          },
          commands.statuses(),
          commands,
          Clock.systemUTC());

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void a_node_that_has_become_ready_is_recorded_before_those_that_go() {
    looked(Map.of(node(1), Phase.READY, node(2), Phase.CREATING, node(3), Phase.READY));
    int before = commands.sent().size();
    looked(Map.of(node(1), Phase.DELETING, node(2), Phase.READY));

    assertThat(nodesRecorded(before)).containsExactly(node(2), node(1), node(3));
  }

  @Test
  void the_records_never_show_fewer_ready_nodes_than_there_were_before_or_are_after() {
    Random random = new Random(5);
    Set<NodeId> recorded = new HashSet<>();
    Map<NodeId, Phase> now = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      int least = recorded.size();
      now = changed(now, random, i);
      least = Math.min(least, (int) now.values().stream().filter(p -> p == Phase.READY).count());
      int before = commands.sent().size();
      looked(now);
      for (RecordingCommands.Sent sent : commands.sent().subList(before, commands.sent().size())) {
        replay(sent.command(), recorded);
        assertThat(recorded).hasSizeGreaterThanOrEqualTo(least);
      }
    }
    assertThat(commands.sent(RecordNodeGone.class)).isNotEmpty();
  }

  /** The same nodes in other phases; some have gone for good, and others have come. */
  private static Map<NodeId, Phase> changed(Map<NodeId, Phase> before, Random random, int look) {
    Map<NodeId, Phase> after = new HashMap<>(before);
    before.forEach(
        (node, _) -> {
          Phase[] phases = Phase.values();
          int drawn = random.nextInt(phases.length * 3);
          if (drawn < phases.length) {
            after.put(node, phases[drawn]);
          } else if (drawn < phases.length + 6) {
            after.put(node, Phase.READY);
          } else if (drawn == phases.length + 6) {
            after.remove(node);
          }
        });
    if (after.size() < 6) {
      after.put(node(look), Phase.CREATING);
    }
    return after;
  }

  private static void replay(Command command, Set<NodeId> ready) {
    if (command instanceof RecordNodeGone gone) {
      ready.remove(gone.nodeId());
    } else if (command instanceof RecordNodeObserved seen) {
      if (seen.observed().phase() == Phase.READY) {
        ready.add(seen.observed().node());
      } else {
        ready.remove(seen.observed().node());
      }
    }
  }

  private void looked(Map<NodeId, Phase> phases) {
    List<ObservedNode> nodes = new ArrayList<>();
    phases.forEach((node, phase) -> nodes.add(observed(node, phase)));
    Collections.shuffle(nodes, new Random(phases.hashCode()));
    sight.set(
        new Observation.Seen(
            new ObservedCluster(
                cluster,
                "uid",
                false,
                new ObservedControlPlane(1, Replicas.NONE, List.of()),
                new ObservedComponents(1, Map.of()),
                List.of(),
                nodes,
                List.of())));
    look.at(cluster, "");
  }

  private List<NodeId> nodesRecorded(int since) {
    return commands.sent().stream()
        .skip(since)
        .map(RecordingCommands.Sent::command)
        .<NodeId>mapMulti(
            (command, nodes) -> {
              if (command instanceof RecordNodeObserved seen) {
                nodes.accept(seen.observed().node());
              } else if (command instanceof RecordNodeGone gone) {
                nodes.accept(gone.nodeId());
              }
            })
        .toList();
  }

  private static ObservedNode observed(NodeId node, Phase phase) {
    return new ObservedNode(
        node, Documents.newPool(), "node", Documents.OLD, phase, "", Map.of(), "", "");
  }

  private static NodeId node(int number) {
    return new NodeId(new UUID(3, number));
  }
}
