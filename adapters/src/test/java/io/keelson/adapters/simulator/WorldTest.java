package io.keelson.adapters.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.provisioning.Documents;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.OpenIdConnect;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.Convergence;
import io.keelson.commands.provisioning.AdditionalResource;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.ComponentsDocument;
import io.keelson.commands.provisioning.Condition;
import io.keelson.commands.provisioning.ObservedCluster;
import io.keelson.commands.provisioning.ObservedControlPlane;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedPool;
import io.keelson.commands.provisioning.PoolDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The rules of the simulated world, in seconds of simulated time. */
class WorldTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final int LONG = 10_000;

  private static final ClusterId CLUSTER = Documents.newCluster();

  private final Laws laws = new Laws(new Pace(1, 7), Faults.NONE);
  private final ClusterId cluster = CLUSTER;
  private final PoolId pool = Documents.newPool();

  @Test
  void a_control_plane_is_available_before_all_of_it_is_there() {
    World world = created(3);

    assertThat(worlds(world, 90).map(c -> c.controlPlane().replicas().current()).distinct())
        .containsExactly(0, 1, 2, 3);
    assertThat(worlds(world, 90).map(c -> c.controlPlane().replicas().ready()).distinct())
        .containsExactly(0, 1, 2, 3);
    ObservedControlPlane early =
        worlds(world, 90)
            .map(ObservedCluster::controlPlane)
            .filter(cp -> holds("Available", cp.conditions()))
            .findFirst()
            .orElseThrow();
    assertThat(early.replicas().ready()).isEqualTo(1);
    assertThat(holds("ScalingUp", early.conditions())).isTrue();
    assertThat(
            Convergence.converged(Documents.target(Documents.controlPlane(cluster, 1, 3)), early))
        .isFalse();
  }

  @Test
  void a_status_comes_late() {
    World world = created(1);

    assertThat(shown(world, 1).controlPlane().observedGeneration()).isZero();
    assertThat(shown(world, 1).controlPlane().conditions()).isEmpty();
    assertThat(shown(world, 5).controlPlane().observedGeneration()).isEqualTo(1);

    World changed =
        WorldWrites.apply(world, Documents.controlPlane(cluster, 2, 1), at(LONG), laws).world();
    assertThat(shown(changed, LONG + 1).controlPlane().observedGeneration()).isEqualTo(1);
    assertThat(shown(changed, LONG + 5).controlPlane().observedGeneration()).isEqualTo(2);
  }

  @Test
  void a_control_plane_is_rolled_one_by_one_the_new_replica_first() {
    World rolled =
        WorldWrites.apply(
                created(3), Documents.controlPlane(cluster, 2, 3, Documents.NEW), at(LONG), laws)
            .world();

    List<ObservedControlPlane> seen =
        IntStream.range(LONG + 5, LONG + 60)
            .mapToObj(second -> shown(rolled, second).controlPlane())
            .distinct()
            .toList();
    assertThat(seen)
        .extracting(cp -> cp.replicas().versions())
        .containsSequence(
            Map.of(Documents.OLD, 3, Documents.NEW, 1),
            Map.of(Documents.OLD, 2, Documents.NEW, 2),
            Map.of(Documents.OLD, 1, Documents.NEW, 3),
            Map.of(Documents.NEW, 3));
    assertThat(seen.subList(0, seen.size() - 1))
        .allSatisfy(
            cp -> {
              assertThat(holds("RollingOut", cp.conditions())).isTrue();
              assertThat(holds("Available", cp.conditions())).isTrue();
              assertThat(cp.replicas().ready()).isGreaterThanOrEqualTo(3);
            });
    assertThat(
            Convergence.converged(
                Documents.target(Documents.controlPlane(cluster, 2, 3, Documents.NEW)),
                seen.getLast()))
        .isTrue();
  }

  @Test
  void a_roll_can_be_turned_back_in_the_middle() {
    World half =
        WorldWrites.apply(
                created(3), Documents.controlPlane(cluster, 2, 3, Documents.NEW), at(LONG), laws)
            .world();
    World back =
        WorldWrites.apply(half, Documents.controlPlane(cluster, 3, 3), at(LONG + 12), laws).world();

    assertThat(
            Convergence.converged(
                Documents.target(Documents.controlPlane(cluster, 3, 3)),
                shown(back, LONG + 200).controlPlane()))
        .isTrue();
  }

  static List<ClusterDocument> otherBeginnings() {
    return List.of(
        Documents.startedWith(
            CLUSTER, 2, List.of("A", "B"), List.of(), OpenIdConnect.NONE, List.of()),
        Documents.startedWith(CLUSTER, 2, List.of(), List.of("C"), OpenIdConnect.NONE, List.of()),
        Documents.startedWith(
            CLUSTER,
            2,
            List.of(),
            List.of(),
            new OpenIdConnect("https://issuer", "", "", "", List.of(), "", List.of()),
            List.of()),
        Documents.startedWith(
            CLUSTER, 2, List.of(), List.of(), OpenIdConnect.NONE, List.of("api.example.org")));
  }

  @ParameterizedTest
  @MethodSource("otherBeginnings")
  void another_configuration_of_the_api_servers_rolls_the_replicas(ClusterDocument document) {
    World rolled =
        WorldWrites.apply(
                WorldWrites.apply(World.EMPTY, Documents.controlPlane(CLUSTER, 1, 3), at(0), laws)
                    .world(),
                document,
                at(LONG),
                laws)
            .world();

    List<ObservedControlPlane> seen =
        IntStream.range(LONG + 5, LONG + 60)
            .mapToObj(second -> shown(rolled, second).controlPlane())
            .distinct()
            .toList();
    assertThat(seen.stream().map(cp -> cp.replicas().upToDate()).distinct())
        .containsExactly(1, 2, 3);
    assertThat(seen.subList(0, seen.size() - 1))
        .allSatisfy(
            cp -> {
              assertThat(holds("RollingOut", cp.conditions())).isTrue();
              assertThat(cp.replicas().ready()).isGreaterThanOrEqualTo(3);
              assertThat(Convergence.converged(Documents.target(document), cp)).isFalse();
            });
    assertThat(Convergence.converged(Documents.target(document), seen.getLast())).isTrue();
  }

  @Test
  void the_same_configuration_rolls_no_replica() {
    World gated =
        WorldWrites.apply(
                World.EMPTY,
                Documents.startedWith(
                    CLUSTER, 1, List.of("A", "B"), List.of(), OpenIdConnect.NONE, List.of()),
                at(0),
                laws)
            .world();
    World after =
        WorldWrites.apply(
                gated,
                Documents.startedWith(
                    CLUSTER, 2, List.of("B", "A"), List.of(), OpenIdConnect.NONE, List.of()),
                at(LONG),
                laws)
            .world();

    assertThat(
            IntStream.range(LONG + 5, LONG + 60)
                .mapToObj(second -> shown(after, second).controlPlane())
                .distinct())
        .singleElement()
        .satisfies(cp -> assertThat(holds("RollingOut", cp.conditions())).isFalse());
  }

  @Test
  void no_roll_of_the_control_plane_disturbs_a_node() {
    World world = with(created(3), Documents.pool(cluster, pool, 2, 2), 0);
    world =
        WorldWrites.apply(
                world, Documents.controlPlane(cluster, 2, 3, Documents.NEW), at(LONG), laws)
            .world();
    world =
        WorldWrites.apply(
                world, Documents.controlPlane(cluster, 3, 1, Documents.NEW), at(LONG + 40), laws)
            .world();

    for (int second = LONG; second < LONG + 200; second++) {
      assertThat(shown(world, second).nodes())
          .extracting(ObservedNode::phase)
          .containsExactly(NodePhase.READY, NodePhase.READY);
    }
  }

  @Test
  void a_control_plane_can_shrink_and_grow() {
    World small =
        WorldWrites.apply(created(3), Documents.controlPlane(cluster, 2, 1), at(LONG), laws)
            .world();
    assertThat(holds("ScalingDown", shown(small, LONG + 5).controlPlane().conditions())).isTrue();
    assertThat(
            Convergence.converged(
                Documents.target(Documents.controlPlane(cluster, 2, 1)),
                shown(small, 2 * LONG).controlPlane()))
        .isTrue();

    World large =
        WorldWrites.apply(small, Documents.controlPlane(cluster, 3, 3), at(2 * LONG), laws).world();
    assertThat(
            Convergence.converged(
                Documents.target(Documents.controlPlane(cluster, 3, 3)),
                shown(large, 3 * LONG).controlPlane()))
        .isTrue();
  }

  @Test
  void components_get_ready_one_by_one_after_the_control_plane() {
    World world = WorldWrites.apply(created(1), Documents.components(cluster, 2), at(0)).world();

    assertThat(
            worlds(world, 120)
                .map(c -> c.components().ready().values().stream().filter(r -> r).count())
                .distinct())
        .containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void components_start_again_with_another_version() {
    World before = WorldWrites.apply(created(1), Documents.components(cluster, 2), at(0)).world();
    World world =
        WorldWrites.apply(
                before,
                new ComponentsDocument(cluster, 3, Documents.NEW, List.of("coredns", "csi")),
                at(LONG))
            .world();

    assertThat(shown(world, LONG + 5).components().ready())
        .isEqualTo(Map.of("coredns", false, "csi", false));
    assertThat(shown(world, LONG + 60).components().ready())
        .isEqualTo(Map.of("coredns", true, "csi", true));
  }

  @Test
  void a_node_lives_as_its_status_says() {
    World world = with(created(1), Documents.pool(cluster, pool, 2, 1), 0);

    List<ObservedNode> life =
        worlds(world, 200).flatMap(c -> c.nodes().stream()).distinct().toList();

    assertThat(life)
        .extracting(ObservedNode::phase)
        .containsExactly(
            NodePhase.CREATING, NodePhase.STARTING, NodePhase.REGISTERING, NodePhase.READY);
    assertThat(life).extracting(ObservedNode::node).containsOnly(life.getFirst().node());
    assertThat(life.getFirst().conditions())
        .isEqualTo(Map.of("Creating", "True", "Ready", "False"));
    assertThat(life.getFirst().providerId()).isEmpty();
    assertThat(life.get(1).conditions()).isEqualTo(Map.of("Creating", "True", "Ready", "False"));
    assertThat(life.get(1).providerId())
        .matches("scaleway://instance/fr-par-1/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(life.get(3).conditions())
        .isEqualTo(
            Map.of(
                "DiskPressure", "False",
                "MemoryPressure", "False",
                "PIDPressure", "False",
                "Ready", "True"));
  }

  @Test
  void a_node_id_follows_from_its_pool_and_number() {
    PoolDocument document = Documents.pool(cluster, pool, 2, 2);
    assertThat(shown(with(created(1), document, 0), LONG).nodes())
        .extracting(ObservedNode::node)
        .isEqualTo(
            shown(with(created(3), document, 5), LONG).nodes().stream()
                .map(ObservedNode::node)
                .toList());
  }

  @Test
  void the_newest_nodes_are_removed_first_and_are_observed_while_they_are_deleting() {
    World three = with(created(1), Documents.pool(cluster, pool, 2, 3), 0);
    List<ObservedNode> before = shown(three, LONG).nodes();
    World one = with(three, Documents.pool(cluster, pool, 3, 1), LONG);

    ObservedCluster deleting = shown(one, LONG + 5);
    assertThat(deleting.nodes())
        .extracting(ObservedNode::phase)
        .containsExactly(NodePhase.READY, NodePhase.DELETING, NodePhase.DELETING);
    assertThat(deleting.pools().getFirst().replicas().current()).isEqualTo(3);
    assertThat(holds("ScalingDown", deleting.pools().getFirst().conditions())).isTrue();

    ObservedCluster left =
        IntStream.range(LONG, LONG + 60)
            .mapToObj(second -> shown(one, second))
            .filter(
                c ->
                    Convergence.converged(
                        Documents.target(Documents.pool(cluster, pool, 3, 1)),
                        c.pools().getFirst()))
            .findFirst()
            .orElseThrow();
    assertThat(left.nodes()).as("still listed while their machines are deleted").hasSize(3);
    assertThat(shown(one, LONG + 60).nodes()).containsExactly(before.getFirst());
  }

  @Test
  void nodes_that_are_not_ready_are_removed_before_ready_ones_whatever_their_age() {
    List<NodeId> nodes =
        shown(with(created(1), Documents.pool(cluster, pool, 2, 4), 0), LONG).nodes().stream()
            .map(ObservedNode::node)
            .toList();
    Laws broken = onlyTheSecondServes(nodes);
    World four = applied(created(1), Documents.pool(cluster, pool, 2, 4), 0, broken);

    World one = applied(four, Documents.pool(cluster, pool, 3, 1), LONG, broken);
    World newest = applied(four, Documents.pool(cluster, pool, 3, 3), LONG, broken);

    assertThat(one.shown(cluster, at(2 * LONG), broken).orElseThrow().nodes())
        .extracting(ObservedNode::node)
        .containsExactly(nodes.get(1));
    assertThat(newest.shown(cluster, at(2 * LONG), broken).orElseThrow().nodes())
        .extracting(ObservedNode::node)
        .containsExactly(nodes.get(0), nodes.get(1), nodes.get(2));
  }

  /** Faults that let only the second of four nodes boot. */
  private Laws onlyTheSecondServes(List<NodeId> nodes) {
    return IntStream.range(0, 10_000)
        .mapToObj(seed -> new Faults(seed, Map.of(Fault.BOOT_FAILURE, 0.7)))
        .filter(
            faults ->
                IntStream.range(0, 4)
                    .allMatch(i -> faults.strike(Fault.BOOT_FAILURE, nodes.get(i)) == (i != 1)))
        .findFirst()
        .map(faults -> new Laws(laws.pace(), faults))
        .orElseThrow();
  }

  @Test
  void a_pool_that_grows_again_gets_new_nodes() {
    World three = with(created(1), Documents.pool(cluster, pool, 2, 3), 0);
    World one = with(three, Documents.pool(cluster, pool, 3, 1), LONG);
    World two = with(one, Documents.pool(cluster, pool, 4, 2), 2 * LONG);

    assertThat(shown(two, 3 * LONG).nodes())
        .hasSize(2)
        .extracting(ObservedNode::node)
        .contains(shown(three, LONG).nodes().getFirst().node())
        .doesNotContainAnyElementsOf(
            shown(three, LONG).nodes().stream().skip(1).map(ObservedNode::node).toList());
  }

  @Test
  void a_pool_is_not_rolled_by_itself() {
    World before =
        WorldWrites.apply(
                with(created(1), Documents.pool(cluster, pool, 2, 2), 0),
                Documents.controlPlane(cluster, 2, 1, Documents.NEW),
                at(LONG / 2),
                laws)
            .world();
    PoolDocument newer = Documents.pool(cluster, pool, 3, 3, Documents.NEW, Map.of());
    World after = with(before, newer, LONG);

    ObservedPool seen = shown(after, 2 * LONG).pools().getFirst();

    assertThat(seen.replicas().versions()).isEqualTo(Map.of(Documents.OLD, 2, Documents.NEW, 1));
    assertThat(holds("RollingOut", seen.conditions())).isTrue();
    assertThat(Convergence.upToDate(Documents.target(newer), seen)).isFalse();
  }

  @Test
  void a_pool_may_be_applied_before_its_cluster_and_waits_for_it() {
    World pooled = applied(World.EMPTY, Documents.pool(cluster, pool, 2, 1), 0, laws);
    assertThat(pooled.shown(cluster, at(LONG), laws)).isEmpty();

    World world =
        WorldWrites.apply(pooled, Documents.controlPlane(cluster, 1, 1), at(LONG), laws).world();

    assertThat(shown(world, LONG + 10).nodes())
        .extracting(ObservedNode::phase)
        .containsExactly(NodePhase.CREATING);
    assertThat(shown(world, 2 * LONG).nodes())
        .extracting(ObservedNode::phase)
        .containsExactly(NodePhase.READY);
  }

  @Test
  void workloads_make_a_volume_for_each_pool_and_a_load_balancer() {
    World empty = with(created(1), Documents.pool(cluster, Documents.newPool(), 2, 0), 0);
    assertThat(shown(empty, LONG).additionalResources()).isEmpty();

    World world = with(empty, Documents.pool(cluster, pool, 3, 2), 0);
    assertThat(shown(world, LONG).additionalResources())
        .extracting(AdditionalResource::type)
        .containsExactlyInAnyOrder("volume", "load_balancer");
    assertThat(shown(world, LONG).additionalResources())
        .filteredOn(r -> r.type().equals("load_balancer"))
        .extracting(AdditionalResource::name)
        .containsExactly(cluster.toString());
  }

  @Test
  void what_workloads_made_survives_its_cluster() {
    World world = with(created(1), Documents.pool(cluster, pool, 2, 1), 0);
    World removed = WorldWrites.removeCluster(world, at(LONG), laws).world();

    assertThat(removed.shown(cluster, at(2 * LONG), laws)).isEmpty();
    assertThat(removed.resources(cluster).at(at(2 * LONG), laws)).hasSize(2);

    World cleared = WorldWrites.removeResources(removed, true, at(2 * LONG)).world();
    assertThat(cleared.resources(cluster).at(at(3 * LONG), laws)).isEmpty();
  }

  @Test
  void workloads_make_nothing_after_the_removal_of_their_cluster() {
    World world = with(created(1), Documents.pool(cluster, pool, 2, 1), 0);
    World removed = WorldWrites.removeCluster(world, at(30), laws).world();

    assertThat(removed.resources(cluster).at(at(LONG), laws)).isEmpty();
  }

  @Test
  void a_removed_cluster_is_shown_as_deleting_until_it_is_absent() {
    World world = with(created(1), Documents.pool(cluster, pool, 2, 1), 0);
    World removed = WorldWrites.removeCluster(world, at(LONG), laws).world();

    ObservedCluster deleting = shown(removed, LONG + 6);
    assertThat(deleting.deleting()).isTrue();
    assertThat(holds("Deleting", deleting.pools().getFirst().conditions())).isTrue();
    assertThat(deleting.nodes())
        .extracting(ObservedNode::phase)
        .containsExactly(NodePhase.DELETING);
    assertThat(removed.shown(cluster, at(LONG + 60), laws)).isEmpty();
  }

  @Test
  void every_visible_change_is_announced() {
    World world = with(created(3), Documents.pool(cluster, pool, 2, 2), 0);
    world = WorldWrites.apply(world, Documents.components(cluster, 3), at(0)).world();
    List<NodeId> nodes = shown(world, 150).nodes().stream().map(ObservedNode::node).toList();
    world = WorldWrites.reboot(world, pool, nodes.getFirst(), "key", at(150), laws).world();
    world =
        with(
            world,
            Documents.rolling(
                Documents.pool(cluster, pool, 4, 2, Documents.NEW, Map.of()),
                2,
                nodes.subList(1, 2)),
            200);
    world =
        WorldWrites.apply(
                world, Documents.controlPlane(cluster, 5, 3, Documents.NEW), at(210), laws)
            .world();
    world = WorldWrites.removeResources(world, true, at(350)).world();
    world = WorldWrites.removeCluster(world, at(400), laws).world();
    assertAnnounced(world, 0, 500);
  }

  @Test
  void it_survives_being_stored() {
    World world = with(created(3), Documents.pool(cluster, pool, 2, 2), 0);
    world = WorldWrites.apply(world, Documents.components(cluster, 3), at(1)).world();
    world = WorldWrites.removePool(world, Documents.newPool(), at(2), laws).world();
    JsonMapper json = JsonMapper.builder().build();

    assertThat(json.readValue(json.writeValueAsString(world), World.class)).isEqualTo(world);
  }

  @Test
  void a_node_that_does_not_boot_says_why_and_the_pool_has_too_few() {
    Laws broken = new Laws(laws.pace(), new Faults(1, Map.of(Fault.BOOT_FAILURE, 1.0)));
    World world = with(created(1), Documents.pool(cluster, pool, 2, 1), 0);

    ObservedCluster seen = world.shown(cluster, at(LONG), broken).orElseThrow();

    assertThat(seen.nodes().getFirst().phase()).isEqualTo(NodePhase.CREATION_FAILED);
    assertThat(seen.nodes().getFirst().message()).isEqualTo("the instance did not boot");
    assertThat(seen.pools().getFirst().blockedReasons()).isEmpty();
    assertThat(seen.pools().getFirst().replicas().ready()).isZero();
    assertThat(holds("ScalingUp", seen.pools().getFirst().conditions())).isTrue();
  }

  @Test
  void a_zone_fails_for_a_while_with_all_its_nodes() {
    Laws broken = new Laws(laws.pace(), new Faults(3, Map.of(Fault.ZONE_OUTAGE, 0.3)));
    World world = with(created(1), Documents.pool(cluster, pool, 2, 3), 0);

    List<List<NodePhase>> phases =
        IntStream.range(LONG, LONG + 2_000)
            .mapToObj(second -> world.shown(cluster, at(second), broken).orElseThrow())
            .map(c -> c.nodes().stream().map(ObservedNode::phase).distinct().toList())
            .toList();

    assertThat(phases).contains(List.of(NodePhase.READY), List.of(NodePhase.NOT_READY));
    assertThat(phases).allSatisfy(p -> assertThat(p).hasSize(1));
    long changes =
        IntStream.range(1, phases.size())
            .filter(i -> !phases.get(i).equals(phases.get(i - 1)))
            .count();
    assertThat(changes).as("outages last a while").isLessThan(30);
  }

  @Test
  void availability_flaps_without_anything_moving() {
    Laws broken = new Laws(laws.pace(), new Faults(3, Map.of(Fault.FLAPPING, 0.3)));
    World world = with(created(1), Documents.pool(cluster, pool, 2, 1), 0);

    List<ObservedCluster> seen =
        IntStream.range(LONG, LONG + 500)
            .mapToObj(second -> world.shown(cluster, at(second), broken).orElseThrow())
            .toList();

    assertThat(seen.stream().map(c -> holds("Available", c.controlPlane().conditions())).distinct())
        .containsExactlyInAnyOrder(true, false);
    assertThat(
            seen.stream()
                .map(c -> holds("Available", c.pools().getFirst().conditions()))
                .distinct())
        .containsExactlyInAnyOrder(true, false);
    assertThat(seen)
        .allSatisfy(c -> assertThat(holds("RollingOut", c.controlPlane().conditions())).isFalse());
  }

  @Test
  void a_stale_status_shows_an_older_instant() {
    Laws broken = new Laws(laws.pace(), new Faults(3, Map.of(Fault.STALE_STATUS, 1.0)));
    World world =
        WorldWrites.apply(created(1), Documents.controlPlane(cluster, 2, 1), at(LONG), broken)
            .world();

    assertThat(
            world
                .shown(cluster, at(LONG + 30), broken)
                .map(c -> c.controlPlane().observedGeneration()))
        .hasValue(1L);
    assertThat(
            world
                .shown(cluster, at(LONG + 60), broken)
                .map(c -> c.controlPlane().observedGeneration()))
        .hasValue(2L);
  }

  private void assertAnnounced(World world, int from, int to) {
    Optional<ObservedCluster> shown = world.shown(cluster, at(from), laws);
    Instant next = world.changesAfter(at(from), cluster, laws).getFirst();
    for (Instant now = at(from); now.isBefore(at(to)); now = now.plusMillis(100)) {
      if (now.isBefore(next)) {
        assertThat(world.shown(cluster, now, laws)).as("nothing was announced").isEqualTo(shown);
      } else {
        shown = world.shown(cluster, now, laws);
        next = world.changesAfter(now, cluster, laws).stream().findFirst().orElse(Instant.MAX);
      }
    }
  }

  private World created(int replicas) {
    return WorldWrites.apply(World.EMPTY, Documents.controlPlane(cluster, 1, replicas), at(0), laws)
        .world();
  }

  private World with(World world, PoolDocument document, int second) {
    return applied(world, document, second, laws);
  }

  private static World applied(World world, PoolDocument document, int second, Laws laws) {
    return WorldWrites.apply(world, document, "key", at(second), laws, () -> Integer.MAX_VALUE)
        .world();
  }

  private Stream<ObservedCluster> worlds(World world, int seconds) {
    return IntStream.range(0, seconds).mapToObj(second -> shown(world, second));
  }

  private ObservedCluster shown(World world, int second) {
    return world.shown(cluster, at(second), laws).orElseThrow();
  }

  private static Instant at(int second) {
    return START.plus(Duration.ofSeconds(second));
  }

  private static boolean holds(String type, List<Condition> conditions) {
    return conditions.stream().anyMatch(c -> c.type().equals(type) && c.isTrue());
  }
}
