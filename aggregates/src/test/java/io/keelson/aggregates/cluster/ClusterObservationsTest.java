package io.keelson.aggregates.cluster;

import static io.keelson.aggregates.cluster.Clusters.AVAILABLE;
import static io.keelson.aggregates.cluster.Clusters.CLUSTER;
import static io.keelson.aggregates.cluster.Clusters.NEXT_VERSION;
import static io.keelson.aggregates.cluster.Clusters.OTHER_POOL;
import static io.keelson.aggregates.cluster.Clusters.POOL;
import static io.keelson.aggregates.cluster.Clusters.PRESENT;
import static io.keelson.aggregates.cluster.Clusters.UNKNOWN_POOL;
import static io.keelson.aggregates.cluster.Clusters.VERSION;
import static io.keelson.aggregates.cluster.Clusters.VOLUME;
import static io.keelson.aggregates.cluster.Clusters.after;
import static io.keelson.aggregates.cluster.Clusters.applied;
import static io.keelson.aggregates.cluster.Clusters.inService;
import static io.keelson.aggregates.cluster.Clusters.observed;
import static io.keelson.aggregates.cluster.Clusters.request;
import static io.keelson.aggregates.cluster.SampleCommands.all;
import static io.keelson.aggregates.cluster.SampleCommands.command;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterAbsent;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterObserved;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterObservationEvent.AdditionalResourcesObserved;
import io.keelson.commands.cluster.ClusterObservationEvent.ClusterAbsenceObserved;
import io.keelson.commands.cluster.ClusterObservationEvent.ComponentsObserved;
import io.keelson.commands.cluster.ClusterObservationEvent.ControlPlaneObserved;
import io.keelson.commands.cluster.ControlPlaneHealth;
import io.keelson.commands.cluster.PoolHealth;
import io.keelson.commands.pool.PoolEvent.PoolObserved;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which observations become events: flips of what people ask for later. */
class ClusterObservationsTest {

  private static final ControlPlaneHealth NOT_YET =
      new ControlPlaneHealth(false, List.of(VERSION), List.of());
  private static final ControlPlaneHealth IN_TROUBLE =
      new ControlPlaneHealth(false, List.of(VERSION), List.of("EtcdClusterHealthy=False"));
  private static final ControlPlaneHealth MIXED =
      new ControlPlaneHealth(true, List.of(VERSION, NEXT_VERSION), List.of());
  private static final PoolHealth BLOCKED = new PoolHealth(true, List.of("no quota"));

  private static RecordClusterObserved controlPlane(ControlPlaneHealth health) {
    return observed(health, List.of(), Map.of(POOL, PRESENT), List.of());
  }

  private static RecordClusterObserved components(String... notReady) {
    return observed(
        ControlPlaneHealth.UNKNOWN, List.of(notReady), Map.of(POOL, PRESENT), List.of());
  }

  private static RecordClusterObserved pools(Map<PoolId, PoolHealth> pools) {
    return observed(ControlPlaneHealth.UNKNOWN, List.of(), pools, List.of());
  }

  private static ClusterState creating(ClusterCommand... commands) {
    ClusterState state = after(request("one"));
    for (ClusterCommand command : commands) {
      state = applied(command, state);
    }
    return state;
  }

  private static List<? extends ClusterEvent> decided(ClusterCommand command, ClusterState state) {
    return ClusterDecider.decide(command, state);
  }

  @Test
  void a_control_plane_that_is_not_available_yet_is_no_event() {
    assertThat(decided(controlPlane(NOT_YET), creating())).isEmpty();
    assertThat(decided(controlPlane(ControlPlaneHealth.UNKNOWN), creating())).isEmpty();
  }

  @Test
  void a_control_plane_that_becomes_available_or_has_troubles_is_an_event() {
    assertThat(decided(controlPlane(AVAILABLE), creating()))
        .isEqualTo(
            List.of(new ControlPlaneObserved(CLUSTER, ControlPlaneHealth.UNKNOWN, AVAILABLE)));
    assertThat(decided(controlPlane(IN_TROUBLE), creating()))
        .isEqualTo(
            List.of(new ControlPlaneObserved(CLUSTER, ControlPlaneHealth.UNKNOWN, IN_TROUBLE)));
  }

  @Test
  void after_its_first_event_each_change_of_the_control_plane_is_one() {
    assertThat(decided(controlPlane(NOT_YET), creating(controlPlane(IN_TROUBLE))))
        .isEqualTo(List.of(new ControlPlaneObserved(CLUSTER, IN_TROUBLE, NOT_YET)));
    assertThat(decided(controlPlane(MIXED), creating(controlPlane(AVAILABLE))))
        .isEqualTo(List.of(new ControlPlaneObserved(CLUSTER, AVAILABLE, MIXED)));
    assertThat(decided(controlPlane(AVAILABLE), creating(controlPlane(AVAILABLE)))).isEmpty();
  }

  @Test
  void components_are_no_event_before_all_were_ready_once() {
    ClusterState starting = creating(components("coredns", "cni"));
    assertThat(decided(components(), creating())).isEmpty();
    assertThat(decided(components("coredns", "cni"), creating())).isEmpty();
    assertThat(decided(components("coredns"), starting)).as("one after the other").isEmpty();
    assertThat(decided(components(), starting)).as("the end of the creation says it").isEmpty();
  }

  @Test
  void once_the_creation_is_done_it_is_an_event_which_components_are_not_ready() {
    assertThat(decided(components("coredns", "cni"), inService()))
        .isEqualTo(List.of(new ComponentsObserved(CLUSTER, List.of(), List.of("cni", "coredns"))));
    assertThat(decided(components("coredns"), inService(components("cni"))))
        .isEqualTo(List.of(new ComponentsObserved(CLUSTER, List.of("cni"), List.of("coredns"))));
    assertThat(decided(components(), inService(components("cni"))))
        .isEqualTo(List.of(new ComponentsObserved(CLUSTER, List.of("cni"), List.of())));
    assertThat(decided(components("cni"), inService(components("cni")))).isEmpty();
    assertThat(decided(components(), inService(components("cni"), components()))).isEmpty();
  }

  @Test
  void a_pool_of_the_cluster_that_appears_is_an_event_only_with_troubles() {
    assertThat(decided(pools(Map.of(POOL, PRESENT)), creating())).isEmpty();
    assertThat(decided(pools(Map.of(POOL, PRESENT)), inService())).isEmpty();
    assertThat(decided(pools(Map.of(POOL, BLOCKED)), creating()))
        .isEqualTo(List.of(new PoolObserved(CLUSTER, POOL, PoolHealth.ABSENT, BLOCKED)));
  }

  @Test
  void a_pool_is_an_event_when_its_health_changes() {
    ClusterState blocked = creating(pools(Map.of(POOL, BLOCKED)));
    assertThat(decided(pools(Map.of(POOL, BLOCKED)), blocked)).isEmpty();
    assertThat(decided(pools(Map.of(POOL, PRESENT)), blocked))
        .isEqualTo(List.of(new PoolObserved(CLUSTER, POOL, BLOCKED, PRESENT)));
    assertThat(decided(pools(Map.of()), blocked))
        .isEqualTo(List.of(new PoolObserved(CLUSTER, POOL, BLOCKED, PoolHealth.ABSENT)));
    assertThat(decided(pools(Map.of(POOL, BLOCKED)), inService()))
        .isEqualTo(List.of(new PoolObserved(CLUSTER, POOL, PRESENT, BLOCKED)));
  }

  @Test
  void a_created_pool_that_disappears_is_an_event_and_so_is_its_return() {
    PoolObserved disappeared = new PoolObserved(CLUSTER, POOL, PRESENT, PoolHealth.ABSENT);
    assertThat(decided(pools(Map.of()), creating())).as("it is not created yet").isEmpty();
    assertThat(decided(pools(Map.of()), inService())).isEqualTo(List.of(disappeared));
    ClusterState gone = applied(pools(Map.of()), inService());
    assertThat(decided(pools(Map.of()), gone)).isEmpty();
    assertThat(decided(pools(Map.of(POOL, PRESENT)), gone))
        .isEqualTo(List.of(new PoolObserved(CLUSTER, POOL, PoolHealth.ABSENT, PRESENT)));
  }

  @Test
  void pools_are_recorded_in_the_order_of_their_ids_known_to_the_cluster_or_not() {
    List<PoolId> ids =
        Stream.of(POOL, OTHER_POOL, UNKNOWN_POOL)
            .sorted(Comparator.comparing(PoolId::toString))
            .toList();
    Map<PoolId, PoolHealth> all = ids.stream().collect(Collectors.toMap(id -> id, _ -> BLOCKED));
    assertThat(decided(pools(all), creating()))
        .isEqualTo(
            ids.stream()
                .map(id -> new PoolObserved(CLUSTER, id, PoolHealth.ABSENT, BLOCKED))
                .toList());
  }

  @Test
  void a_pool_that_the_cluster_does_not_have_is_an_event_when_it_appears() {
    assertThat(decided(pools(Map.of(POOL, PRESENT, UNKNOWN_POOL, PRESENT)), inService()))
        .isEqualTo(List.of(new PoolObserved(CLUSTER, UNKNOWN_POOL, PoolHealth.ABSENT, PRESENT)));
  }

  @Test
  void additional_resources_are_an_event_when_there_are_others() {
    RecordClusterObserved volume =
        observed(ControlPlaneHealth.UNKNOWN, List.of(), Map.of(POOL, PRESENT), List.of(VOLUME));
    assertThat(decided(volume, inService()))
        .isEqualTo(List.of(new AdditionalResourcesObserved(CLUSTER, List.of(VOLUME), List.of())));
    assertThat(decided(volume, inService(volume))).isEmpty();
    assertThat(decided(components(), inService(volume)))
        .isEqualTo(List.of(new AdditionalResourcesObserved(CLUSTER, List.of(), List.of(VOLUME))));
    assertThat(decided(components(), inService(volume, components()))).isEmpty();
  }

  @Test
  void a_cluster_is_absent_only_after_it_was_there() {
    RecordClusterAbsent absent = new RecordClusterAbsent(CLUSTER);
    assertThat(decided(absent, creating())).isEmpty();
    assertThat(decided(absent, creating(controlPlane(AVAILABLE))))
        .isEqualTo(List.of(new ClusterAbsenceObserved(CLUSTER)));
    assertThat(decided(absent, creating(pools(Map.of(POOL, BLOCKED)))))
        .isEqualTo(
            List.of(
                new PoolObserved(CLUSTER, POOL, BLOCKED, PoolHealth.ABSENT),
                new ClusterAbsenceObserved(CLUSTER)));
    assertThat(decided(absent, inService()))
        .isEqualTo(
            List.of(
                new PoolObserved(CLUSTER, POOL, PRESENT, PoolHealth.ABSENT),
                new ClusterAbsenceObserved(CLUSTER)));
    assertThat(decided(absent, inService(absent))).isEmpty();
    assertThat(decided(absent, inService(observed(), absent))).isEmpty();
  }

  @Test
  void a_cluster_that_comes_back_is_recorded_again() {
    PoolObserved returned = new PoolObserved(CLUSTER, POOL, PoolHealth.ABSENT, PRESENT);
    assertThat(
            decided(
                controlPlane(AVAILABLE),
                inService(controlPlane(AVAILABLE), new RecordClusterAbsent(CLUSTER))))
        .isEqualTo(
            List.of(
                new ControlPlaneObserved(CLUSTER, ControlPlaneHealth.UNKNOWN, AVAILABLE),
                returned));
    assertThat(decided(components("cni"), inService(new RecordClusterAbsent(CLUSTER))))
        .isEqualTo(List.of(new ComponentsObserved(CLUSTER, List.of(), List.of("cni")), returned));
  }
}
