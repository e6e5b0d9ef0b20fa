package io.keelson.adapters.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.provisioning.Documents;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.operation.Convergence;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.PoolDocument;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The laws of a pool hold at every instant, whatever documents are applied, how often and when. */
class RollLawsTest {

  private static final int WRITES = 25;
  private static final int LONG = 1_000;
  private static final Map<Fault, Double> TROUBLE =
      Map.of(Fault.DRAIN_BLOCKED, 0.3, Fault.BOOT_FAILURE, 0.1);

  private final JsonMapper json = JsonMapper.builder().build();
  private final Set<NodeId> deleted = new HashSet<>();

  static IntStream seeds() {
    return IntStream.range(0, 80);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void the_laws_hold_at_every_instant(int seed) {
    Random random = new Random(seed);
    Sandbox sandbox = new Sandbox(seed, seed % 2 == 0 ? Map.of() : TROUBLE);
    KubernetesVersion version = Documents.OLD;
    int now = 0;
    sandbox.apply(controlPlane(sandbox, 1, version), now);
    PoolDocument held = document(sandbox, random, 2, now, version);
    for (int write = 2; write < WRITES; write++) {
      if (version.equals(Documents.OLD) && random.nextInt(10) == 0) {
        version = Documents.NEW;
        sandbox.apply(controlPlane(sandbox, 2, version), now);
      }
      Set<NodeId> ready = ready(sandbox, now);
      int present = nodes(sandbox, now).size();
      held = document(sandbox, random, write, now, random.nextBoolean() ? version : Documents.NEW);
      sandbox.apply(held, now);
      ready.removeAll(held.nodesToRemove());
      int minReady = Math.min(ready.size(), held.size());

      int seconds = random.nextInt(90);
      for (int second = now; second < now + seconds; second++) {
        assertLaws(sandbox, held, second, present, minReady);
        present = nodes(sandbox, second).size();
        if (random.nextInt(20) == 0) {
          assertRepeatsAndCrashesChangeNothing(sandbox, held, second);
        }
      }
      now += seconds;
    }
    if (seed % 2 == 0) {
      PoolDocument last = Documents.pool(sandbox.cluster, sandbox.pool, WRITES, 4);
      sandbox.apply(last, now);
      assertThat(Convergence.converged(Documents.target(last), sandbox.pool(now + LONG))).isTrue();
    }
  }

  private void assertLaws(
      Sandbox sandbox, PoolDocument held, int second, int before, int minReady) {
    List<ObservedNode> nodes = nodes(sandbox, second);
    List<NodeId> ids = nodes.stream().map(ObservedNode::node).toList();
    assertThat(ids).doesNotHaveDuplicates().noneMatch(deleted::contains);
    sandbox.world.pool(sandbox.pool).machines().stream()
        .filter(m -> m.deletedBy(Sandbox.at(second), sandbox.laws))
        .forEach(m -> deleted.add(m.id()));
    if (held.maxSize() > 0) {
      assertThat(nodes).hasSizeLessThanOrEqualTo(Math.max(held.maxSize(), before));
    }
    assertThat(ready(sandbox, second)).hasSizeGreaterThanOrEqualTo(minReady);
    assertThat(nodes)
        .filteredOn(n -> held.nodesToRemove().contains(n.node()))
        .allMatch(n -> n.phase() == NodePhase.DELETING);
    ControlPlane controlPlane = Objects.requireNonNull(sandbox.world.controlPlane());
    controlPlane
        .oldestAt(Sandbox.at(second))
        .ifPresent(
            oldest ->
                assertThat(nodes)
                    .allSatisfy(n -> assertThat(n.version()).isLessThanOrEqualTo(oldest)));
  }

  private void assertRepeatsAndCrashesChangeNothing(
      Sandbox sandbox, PoolDocument held, int second) {
    World before = sandbox.world;
    assertThat(sandbox.apply(held, second)).isZero();
    assertThat(sandbox.world).isEqualTo(before);
    sandbox.world = json.readValue(json.writeValueAsString(before), World.class);
    assertThat(sandbox.world).isEqualTo(before);
  }

  private static PoolDocument document(
      Sandbox sandbox, Random random, int generation, int now, KubernetesVersion version) {
    int size = random.nextInt(6);
    int maxSize = random.nextBoolean() ? 0 : Math.max(1, size + random.nextInt(3));
    List<NodeId> nodesToRemove =
        nodes(sandbox, now).stream()
            .map(ObservedNode::node)
            .filter(_ -> random.nextInt(3) == 0)
            .toList();
    return Documents.rolling(
        Documents.pool(sandbox.cluster, sandbox.pool, generation, size, version, Map.of()),
        maxSize,
        nodesToRemove);
  }

  private static ClusterDocument controlPlane(
      Sandbox sandbox, int generation, KubernetesVersion version) {
    return Documents.controlPlane(sandbox.cluster, generation, 3, version);
  }

  /** The present nodes, which a status shows only some time later. */
  private static List<ObservedNode> nodes(Sandbox sandbox, int second) {
    return sandbox
        .world
        .pool(sandbox.pool)
        .nodesAt(Sandbox.at(second), sandbox.world.availableAt(), sandbox.laws);
  }

  private static Set<NodeId> ready(Sandbox sandbox, int second) {
    return nodes(sandbox, second).stream()
        .filter(n -> n.phase() == NodePhase.READY)
        .map(ObservedNode::node)
        .collect(Collectors.toCollection(HashSet::new));
  }
}
