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
 * The additional resources of a cluster. Its running workloads make a volume for each pool with
 * nodes, and a load balancer. Those survive the pool and the cluster until they are removed.
 *
 * @param removedAt of the cluster; null: no removal was requested
 * @param resourcesRemovedAt null: the removal of the resources was not requested
 */
record Resources(
    ClusterId cluster,
    @Nullable ControlPlane controlPlane,
    List<NodePool> pools,
    @Nullable Instant removedAt,
    @Nullable Instant resourcesRemovedAt) {

  List<AdditionalResource> at(Instant at, Laws laws) {
    Instant deleted = deletedAt(laws);
    if (deleted != null && !deleted.isAfter(at)) {
      return List.of();
    }
    List<AdditionalResource> list = new ArrayList<>();
    for (NodePool pool : pools) {
      volumeAt(pool, laws)
          .filter(instant -> !instant.isAfter(at))
          .ifPresent(
              _ -> {
                UUID id = Id.derived("volume", pool.id().toString());
                list.add(new AdditionalResource(id, "volume", "pvc-" + id));
              });
    }
    loadBalancerAt(laws)
        .filter(instant -> !instant.isAfter(at))
        .ifPresent(
            _ ->
                list.add(
                    new AdditionalResource(
                        Id.derived("load-balancer", cluster.toString()),
                        "load_balancer",
                        cluster.toString())));
    UUID network =
        controlPlane == null ? null : controlPlane.held().current().network().privateNetworkId();
    if (network != null) {
      list.add(new AdditionalResource(network, "private_network", network.toString()));
    }
    return list.stream().sorted().toList();
  }

  Stream<Instant> instants(Laws laws) {
    return Stream.of(
            pools.stream().flatMap(p -> volumeAt(p, laws).stream()),
            loadBalancerAt(laws).stream(),
            Stream.ofNullable(deletedAt(laws)))
        .flatMap(instants -> instants);
  }

  private @Nullable Instant deletedAt(Laws laws) {
    return resourcesRemovedAt == null
        ? null
        : resourcesRemovedAt.plus(laws.takes(Step.RESOURCE_DELETING));
  }

  private Optional<Instant> volumeAt(NodePool pool, Laws laws) {
    Instant available = controlPlane == null ? null : controlPlane.availableAt();
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
        .filter(i -> before(i, pool.removedAt()) && before(i, resourcesRemovedAt));
  }

  private Optional<Instant> loadBalancerAt(Laws laws) {
    return pools.stream()
        .flatMap(p -> volumeAt(p, laws).stream())
        .min(Comparator.naturalOrder())
        .map(i -> i.plus(laws.takes(Step.RESOURCE_APPEARING, cluster)))
        .filter(i -> before(i, removedAt) && before(i, resourcesRemovedAt));
  }

  private static boolean before(Instant instant, @Nullable Instant end) {
    return end == null || instant.isBefore(end);
  }
}
