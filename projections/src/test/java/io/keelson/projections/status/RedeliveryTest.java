package io.keelson.projections.status;

import static io.keelson.projections.status.Examples.CLUSTER;
import static io.keelson.projections.status.Examples.NODE;
import static io.keelson.projections.status.Examples.OPERATION;
import static io.keelson.projections.status.Examples.POOL;
import static io.keelson.projections.status.Examples.REGION;
import static io.keelson.projections.status.Examples.at;
import static io.keelson.projections.status.Examples.attributes;
import static io.keelson.projections.status.Examples.clusterEvents;
import static io.keelson.projections.status.Examples.clusterStarted;
import static io.keelson.projections.status.Examples.deletion;
import static io.keelson.projections.status.Examples.operationEvents;
import static io.keelson.projections.status.Examples.poolStarted;
import static io.keelson.projections.status.Examples.roll;
import static io.keelson.projections.status.Examples.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.NodePhase;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.node.NodeAttributes;
import io.keelson.commands.node.NodeAttributes.Change;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.node.NodeEvent.NodeChanged;
import io.keelson.commands.node.NodeEvent.NodeCordoned;
import io.keelson.commands.node.NodeEvent.NodeCreated;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.commands.node.NodeEvent.NodePhaseChanged;
import io.keelson.commands.node.NodeEvent.NodeRebootFailed;
import io.keelson.commands.node.NodeEvent.NodeRebootFinished;
import io.keelson.commands.node.NodeEvent.NodeRebootStarted;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Target;
import io.keelson.commands.spec.ClusterType;
import io.keelson.projections.Delivery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The law of at-least-once delivery: however a stream is cut and repeated on its way, the row is
 * the same.
 */
class RedeliveryTest {

  private static final int EVENTS = 60;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
  void leaves_every_row_as_if_each_event_had_come_once(long seed) {
    holds(
        seed,
        ClusterFold.first(at(0, clusterStarted(ClusterType.KAPSULE))).orElseThrow(),
        clusterEvents().values(),
        ClusterFold::after);
    holds(
        seed,
        PoolFold.first(REGION, at(0, poolStarted(POOL))).orElseThrow(),
        clusterEvents().values(),
        PoolFold::after);
    for (Plan plan : List.of(deletion(), roll(UpgradePolicy.DEFAULT))) {
      holds(
          seed,
          OperationFold.first(at(0, started(plan, Target.pool(POOL), Target.CLUSTER)))
              .orElseThrow(),
          operationEvents().values(),
          OperationFold::after);
    }
    holds(seed, NodeFold.first(at(0, CREATED)).orElseThrow(), ofNode(), NodeFold::after);
  }

  private static final NodeCreated CREATED =
      new NodeCreated(NODE, CLUSTER, POOL, attributes("one", NodePhase.CREATING));

  private static List<NodeEvent> ofNode() {
    NodeAttributes one = CREATED.attributes();
    NodeAttributes two = attributes("two", NodePhase.CREATING);
    NodeAttributes ready = attributes("one", NodePhase.READY);
    return List.of(
        CREATED,
        new NodeChanged(NODE, CLUSTER, POOL, Change.between(two, one), Change.between(one, two)),
        new NodePhaseChanged(
            NODE, CLUSTER, POOL, Change.between(ready, one), Change.between(one, ready)),
        new NodeRebootStarted(NODE, CLUSTER, POOL, OPERATION, "boot-1"),
        new NodeRebootFinished(NODE, CLUSTER, POOL, OPERATION, "boot-2"),
        new NodeRebootFailed(NODE, CLUSTER, POOL, OPERATION, "it did not come back"),
        new NodeCordoned(NODE, CLUSTER, POOL, OPERATION),
        new NodeDeleted(NODE, CLUSTER, POOL));
  }

  private static boolean ends(Object event) {
    String name = event.getClass().getSimpleName();
    return name.contains("Delet")
        || name.equals("NodeCordoned")
        || name.equals("OperationFinished")
        || name.equals("OperationFailed")
        || name.equals("OperationCancelled");
  }

  private static <R, E> void holds(
      long seed, R first, Collection<? extends E> kinds, BiFunction<R, Delivery<E>, R> after) {
    Random random = new Random(seed);
    List<E> all = new ArrayList<>(kinds);
    List<E> middle = all.stream().filter(e -> !ends(e)).toList();
    List<Delivery<E>> stream = new ArrayList<>();
    for (int i = 1; i <= EVENTS; i++) {
      // Nearly nothing changes a row after its end, so that must not come early.
      List<E> choice = i < EVENTS / 2 ? middle : all;
      stream.add(at(i, choice.get(random.nextInt(choice.size()))));
    }

    R once = first;
    R repeated = first;
    for (int next = 0; next < EVENTS; next++) {
      once = after.apply(once, stream.get(next));
      // Again from somewhere before, as after a token that was not stored.
      for (Delivery<E> d : stream.subList(random.nextInt(next + 1), next + 1)) {
        repeated = after.apply(repeated, d);
      }
      // At every step: an end would make all rows alike.
      assertThat(repeated).isEqualTo(once);
    }
  }
}
