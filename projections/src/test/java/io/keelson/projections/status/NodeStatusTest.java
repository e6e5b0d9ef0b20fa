package io.keelson.projections.status;

import static io.keelson.projections.status.Examples.CLUSTER;
import static io.keelson.projections.status.Examples.NODE;
import static io.keelson.projections.status.Examples.POOL;
import static io.keelson.projections.status.Examples.at;
import static io.keelson.projections.status.Examples.instant;
import static io.keelson.projections.status.Examples.named;
import static io.keelson.projections.status.Examples.observed;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.node.NodeEvent.NodeChanged;
import io.keelson.commands.node.NodeEvent.NodeCreated;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.commands.node.NodeEvent.NodePhaseChanged;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedNode.Phase;
import io.keelson.projections.Leaves;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeStatusTest {

  private static final ObservedNode CREATING = observed(NODE, "one", Phase.CREATING);
  private static final ObservedNode READY = observed(NODE, "one", Phase.READY);
  private static final ObservedNode RENAMED = observed(NODE, "two", Phase.CREATING);

  private static final Map<String, NodeEvent> EVENTS =
      named(
          List.of(
              new NodeCreated(NODE, CLUSTER, POOL, READY),
              new NodeChanged(NODE, CLUSTER, POOL, CREATING, RENAMED),
              new NodePhaseChanged(NODE, CLUSTER, POOL, CREATING, READY),
              new NodeDeleted(NODE, CLUSTER, POOL)));

  @Test
  void is_tried_with_every_event() {
    assertThat(EVENTS.keySet()).isEqualTo(Leaves.of(NodeEvent.class));
  }

  @ParameterizedTest
  @CsvSource({
    // event, deleted before, name after, phase after, deleted after, visible
    "NodeCreated,      false, one, CREATING, false, false",
    "NodeChanged,      false, two, CREATING, false, true",
    "NodePhaseChanged, false, one, READY,    false, true",
    "NodeDeleted,      false, one, CREATING, true,  true",
    "NodeCreated,      true,  one, CREATING, true,  false",
    "NodeChanged,      true,  one, CREATING, true,  false",
    "NodePhaseChanged, true,  one, CREATING, true,  false",
    "NodeDeleted,      true,  one, CREATING, true,  false",
  })
  void moves_as_the_table_says(
      String name, boolean before, String named, Phase phase, boolean after, boolean visible) {
    NodeStatus row = new NodeStatus(NODE, 7, CLUSTER, CREATING, before, instant(0), instant(5));
    NodeEvent event = requireNonNull(EVENTS.get(name));

    assertThat(row.after(at(8, event)))
        .isEqualTo(
            new NodeStatus(
                NODE,
                8,
                CLUSTER,
                observed(NODE, named, phase),
                after,
                instant(0),
                visible ? instant(8) : instant(5)));
    assertThat(row.after(at(7, event))).isSameAs(row);
  }

  @Test
  void begins_with_its_creation_and_with_nothing_else() {
    EVENTS.forEach(
        (name, event) ->
            assertThat(NodeStatus.first(at(0, event)).isPresent())
                .isEqualTo(name.equals("NodeCreated")));
    assertThat(NodeStatus.first(at(0, new NodeCreated(NODE, CLUSTER, POOL, READY))))
        .contains(new NodeStatus(NODE, 0, CLUSTER, READY, false, instant(0), instant(0)));
  }
}
