package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Pace.Step;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Id;
import io.keelson.commands.provisioning.AdditionalResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What simulated workloads make beside their cluster once they run: a volume for each pool with
 * nodes, a load balancer. They outlive the pool and the cluster unless they are removed.
 */
final class Resources {

  private Resources() {}

  static List<AdditionalResource> at(Instant at, ClusterId cluster, World world, Laws laws) {
    Instant gone = goneAt(world, laws);
    if (gone != null && !gone.isAfter(at)) {
      return List.of();
    }
    List<AdditionalResource> list = new ArrayList<>();
    for (NodePool pool : world.pools()) {
      volumeAt(pool, world, laws)
          .filter(instant -> !instant.isAfter(at))
          .ifPresent(
              _ -> {
                UUID id = Id.derived("volume", pool.id().toString());
                list.add(new AdditionalResource(id, "volume", "pvc-" + id));
              });
    }
    loadBalancerAt(cluster, world, laws)
        .filter(instant -> !instant.isAfter(at))
        .ifPresent(
            _ ->
                list.add(
                    new AdditionalResource(
                        Id.derived("load-balancer", cluster.toString()),
                        "load_balancer",
                        cluster.toString())));
    ControlPlane controlPlane = world.controlPlane();
    UUID network = controlPlane == null ? null : controlPlane.held().current().privateNetworkId();
    if (network != null) {
      list.add(new AdditionalResource(network, "private_network", network.toString()));
    }
    return list.stream().sorted().toList();
  }

  static Stream<Instant> instants(ClusterId cluster, World world, Laws laws) {
    return Stream.of(
            world.pools().stream().flatMap(p -> volumeAt(p, world, laws).stream()),
            loadBalancerAt(cluster, world, laws).stream(),
            Stream.ofNullable(goneAt(world, laws)))
        .flatMap(instants -> instants);
  }

  private static @Nullable Instant goneAt(World world, Laws laws) {
    Instant removed = world.resourcesRemovedAt();
    return removed == null ? null : removed.plus(laws.takes(Step.RESOURCE_DELETING));
  }

  private static Optional<Instant> volumeAt(NodePool pool, World world, Laws laws) {
    Instant available = world.availableAt();
    Instant inhabited = pool.inhabitedSince();
    if (available == null || inhabited == null) {
      return Optional.empty();
    }
    Instant made =
        (inhabited.isAfter(available) ? inhabited : available)
            .plus(laws.takes(Step.NODE_CREATING))
            .plus(laws.takes(Step.NODE_STARTING))
            .plus(laws.takes(Step.NODE_REGISTERING))
            .plus(laws.takes(Step.RESOURCE_APPEARING, pool.id()));
    return Optional.of(made)
        .filter(i -> before(i, pool.removedAt()) && before(i, world.resourcesRemovedAt()));
  }

  private static Optional<Instant> loadBalancerAt(ClusterId cluster, World world, Laws laws) {
    return world.pools().stream()
        .flatMap(p -> volumeAt(p, world, laws).stream())
        .min(Comparator.naturalOrder())
        .map(i -> i.plus(laws.takes(Step.RESOURCE_APPEARING, cluster)))
        .filter(i -> before(i, world.removedAt()) && before(i, world.resourcesRemovedAt()));
  }

  private static boolean before(Instant instant, @Nullable Instant end) {
    return end == null || instant.isBefore(end);
  }
}
