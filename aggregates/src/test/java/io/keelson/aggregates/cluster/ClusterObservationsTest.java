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
    return observed(health, List.of(), Map.of(), List.of());
  }

  private static RecordClusterObserved components(String... notReady) {
    return observed(ControlPlaneHealth.UNKNOWN, List.of(notReady), Map.of(), List.of());
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
  void components_are_an_event_when_all_are_ready_or_no_longer_all_are() {
    assertThat(decided(components(), creating())).isEmpty();
    assertThat(decided(components("coredns", "cni"), creating()))
        .isEqualTo(List.of(new ComponentsObserved(CLUSTER, List.of(), List.of("cni", "coredns"))));
    ClusterState starting = creating(components("coredns", "cni"));
    assertThat(decided(components("coredns"), starting)).as("one after the other").isEmpty();
    assertThat(decided(components(), starting))
        .isEqualTo(List.of(new ComponentsObserved(CLUSTER, List.of("cni", "coredns"), List.of())));
  }

  @Test
  void once_components_were_ready_it_is_an_event_which_of_them_are_not() {
    ComponentsObserved another =
        new ComponentsObserved(CLUSTER, List.of("cni"), List.of("coredns"));
    assertThat(
            decided(
                components("coredns"),
                creating(components("cni"), components(), components("cni"))))
        .isEqualTo(List.of(another));
    assertThat(decided(components("coredns"), inService(components("cni"))))
        .as("the creation is done, so all were ready")
        .isEqualTo(List.of(another));
    assertThat(decided(components("cni"), inService(components("cni")))).isEmpty();
  }

  @Test
  void a_pool_is_an_event_when_its_health_changes() {
    assertThat(decided(pools(Map.of(POOL, PRESENT)), creating()))
        .isEqualTo(List.of(new PoolObserved(CLUSTER, POOL, PoolHealth.ABSENT, PRESENT)));
    ClusterState present = creating(pools(Map.of(POOL, PRESENT)));
    assertThat(decided(pools(Map.of(POOL, PRESENT)), present)).isEmpty();
    assertThat(decided(pools(Map.of(POOL, BLOCKED)), present))
        .isEqualTo(List.of(new PoolObserved(CLUSTER, POOL, PRESENT, BLOCKED)));
    assertThat(decided(pools(Map.of()), creating(pools(Map.of(POOL, BLOCKED)))))
        .isEqualTo(List.of(new PoolObserved(CLUSTER, POOL, BLOCKED, PoolHealth.ABSENT)));
    assertThat(decided(pools(Map.of()), applied(pools(Map.of()), present)))
        .as("absent again")
        .isEmpty();
  }

  @Test
  void pools_are_recorded_in_the_order_of_their_ids_known_to_the_cluster_or_not() {
    List<PoolId> ids =
        Stream.of(POOL, OTHER_POOL, UNKNOWN_POOL)
            .sorted(Comparator.comparing(PoolId::toString))
            .toList();
    Map<PoolId, PoolHealth> all = ids.stream().collect(Collectors.toMap(id -> id, _ -> PRESENT));
    assertThat(decided(pools(all), creating()))
        .isEqualTo(
            ids.stream()
                .map(id -> new PoolObserved(CLUSTER, id, PoolHealth.ABSENT, PRESENT))
                .toList());
  }

  @Test
  void additional_resources_are_an_event_when_there_are_others() {
    RecordClusterObserved volume =
        observed(ControlPlaneHealth.UNKNOWN, List.of(), Map.of(), List.of(VOLUME));
    assertThat(decided(volume, inService()))
        .isEqualTo(List.of(new AdditionalResourcesObserved(CLUSTER, List.of(), List.of(VOLUME))));
    assertThat(decided(volume, inService(volume))).isEmpty();
    assertThat(decided(components(), inService(volume)))
        .isEqualTo(List.of(new AdditionalResourcesObserved(CLUSTER, List.of(VOLUME), List.of())));
  }

  @Test
  void a_cluster_is_absent_only_after_it_was_there() {
    RecordClusterAbsent absent = new RecordClusterAbsent(CLUSTER);
    assertThat(decided(absent, creating())).isEmpty();
    assertThat(decided(absent, creating(controlPlane(AVAILABLE))))
        .isEqualTo(List.of(new ClusterAbsenceObserved(CLUSTER)));
    assertThat(decided(absent, creating(pools(Map.of(POOL, PRESENT)))))
        .isEqualTo(
            List.of(
                new PoolObserved(CLUSTER, POOL, PRESENT, PoolHealth.ABSENT),
                new ClusterAbsenceObserved(CLUSTER)));
    assertThat(decided(absent, inService())).hasSize(1);
    assertThat(decided(absent, inService(absent))).isEmpty();
    assertThat(decided(absent, inService(observed(), absent))).isEmpty();
  }

  @Test
  void a_cluster_that_comes_back_is_recorded_again() {
    assertThat(
            decided(
                controlPlane(AVAILABLE),
                inService(controlPlane(AVAILABLE), new RecordClusterAbsent(CLUSTER))))
        .isEqualTo(
            List.of(new ControlPlaneObserved(CLUSTER, ControlPlaneHealth.UNKNOWN, AVAILABLE)));
  }
}
