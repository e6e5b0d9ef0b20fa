package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Pace.Step;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Id;
import io.keelson.commands.PoolId;
import io.keelson.commands.provisioning.AclDocument;
import io.keelson.commands.provisioning.Observation;
import io.keelson.commands.provisioning.ObservedCluster;
import io.keelson.commands.provisioning.ObservedComponents;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of one simulated cluster. Its appearance at an instant follows from this record
 * and the {@link Laws} alone, and only a write changes the record. So a crash cannot lose or repeat
 * anything. {@link WorldWrites} has the writes.
 *
 * @param controlPlane null: never applied
 * @param components null: never applied
 * @param removedAt null: no removal was requested; a cluster can be removed before it is applied
 * @param resourcesRemovedAt null: the removal of additional resources was not requested
 * @param acl null: never applied
 * @param actions the newest completed actions
 */
record World(
    @Nullable ControlPlane controlPlane,
    @Nullable Components components,
    List<NodePool> pools,
    @Nullable Instant removedAt,
    @Nullable Instant resourcesRemovedAt,
    @Nullable AclDocument acl,
    List<CompletedAction> actions) {

  static final World EMPTY = new World(null, null, List.of(), null, null, null, List.of());

  private static final int MAX_ACTIONS = 20;

  World {
    pools = List.copyOf(pools);
    actions = List.copyOf(Objects.requireNonNullElse(actions, List.of()));
  }

  World with(ControlPlane next) {
    return new World(next, components, pools, removedAt, resourcesRemovedAt, acl, actions);
  }

  World with(Components next) {
    return new World(controlPlane, next, pools, removedAt, resourcesRemovedAt, acl, actions);
  }

  World with(NodePool pool) {
    return with(
        Stream.concat(pools.stream().filter(p -> !p.id().equals(pool.id())), Stream.of(pool))
            .toList());
  }

  World with(List<NodePool> all) {
    return new World(controlPlane, components, all, removedAt, resourcesRemovedAt, acl, actions);
  }

  World with(AclDocument document) {
    return new World(
        controlPlane, components, pools, removedAt, resourcesRemovedAt, document, actions);
  }

  World with(CompletedAction action) {
    List<CompletedAction> all = Stream.concat(actions.stream(), Stream.of(action)).toList();
    return new World(
        controlPlane,
        components,
        pools,
        removedAt,
        resourcesRemovedAt,
        acl,
        all.subList(Math.max(0, all.size() - MAX_ACTIONS), all.size()));
  }

  World withoutResources(Instant now) {
    return new World(controlPlane, components, pools, removedAt, now, acl, actions);
  }

  World removed(Instant now, Laws laws) {
    return new World(
        controlPlane,
        components,
        pools.stream().map(p -> p.forced(now, laws)).toList(),
        now,
        resourcesRemovedAt,
        acl,
        actions);
  }

  /** The resources that the workloads of the cluster have made. */
  Resources resources(ClusterId cluster) {
    return new Resources(cluster, controlPlane, pools, removedAt, resourcesRemovedAt);
  }

  static String uid(ClusterId cluster) {
    return Id.derived("simulator", cluster.toString()).toString();
  }

  NodePool pool(PoolId id) {
    return pools.stream()
        .filter(p -> p.id().equals(id))
        .findFirst()
        .orElseGet(() -> NodePool.absent(id));
  }

  /** When the API server becomes available; null: there is no control plane. */
  @Nullable Instant availableAt() {
    return controlPlane == null ? null : controlPlane.availableAt();
  }

  /** When only additional resources are left; null: no end is known. */
  @Nullable Instant deletedAt(Laws laws) {
    if (removedAt == null) {
      return null;
    }
    Instant alone = removedAt.plus(laws.takes(Step.CLUSTER_DELETING));
    return pools.stream()
        .map(p -> p.deletedAt(laws))
        .flatMap(Stream::ofNullable)
        .reduce(alone, (a, b) -> a.isAfter(b) ? a : b);
  }

  /** Whether the API server responds at an instant. */
  boolean servesAt(Instant now, Laws laws) {
    Instant available = availableAt();
    Instant deleted = deletedAt(laws);
    return available != null
        && !available.isAfter(now)
        && (deleted == null || deleted.isAfter(now));
  }

  /** The cluster as it is shown: which objects exist, and their statuses, a little late. */
  Optional<ObservedCluster> shown(ClusterId cluster, Instant now, Laws laws) {
    Instant recently = now.minus(laws.takes(Step.STATUS));
    Instant deleted = deletedAt(laws);
    if (controlPlane == null || (deleted != null && !deleted.isAfter(recently))) {
      return Optional.empty();
    }
    boolean stale = laws.struck(Fault.STALE_STATUS, Step.SPELL, now, cluster);
    Instant at = stale ? recently.minus(laws.takes(Step.STALENESS)) : recently;
    List<NodePool> present = pools.stream().filter(p -> p.presentAt(recently, laws)).toList();
    return Optional.of(
        new ObservedCluster(
            cluster,
            uid(cluster),
            removedAt != null && !removedAt.isAfter(at),
            controlPlane.at(at, laws),
            components == null
                ? new ObservedComponents(0, Map.of())
                : components.at(at, availableAt(), laws),
            present.stream().map(p -> PoolView.at(at, p, controlPlane, laws)).toList(),
            present.stream().flatMap(p -> p.nodesAt(at, availableAt(), laws).stream()).toList(),
            resources(cluster).at(at, laws)));
  }

  /** The observation of the cluster at an instant. */
  Observation observed(ClusterId cluster, Instant now, Laws laws) {
    return laws.struck(Fault.UNREACHABLE, Step.SPELL, now, cluster)
        ? new Observation.Unreachable("the cluster does not respond")
        : shown(cluster, now, laws)
            .<Observation>map(Observation.Present::new)
            .orElseGet(Observation.Absent::new);
  }

  /**
   * When {@link #observed} will change without a write, in order; without the changes that {@link
   * Flips} finds. Whole microseconds, as the database keeps them, never early.
   */
  List<Instant> changesAfter(Instant now, ClusterId cluster, Laws laws) {
    StatusDelay delay = new StatusDelay(cluster, laws);
    return Stream.concat(
            delay.reachableAfter(now), instants(cluster, laws).flatMap(delay::visibleFrom))
        .filter(instant -> instant.isAfter(now))
        .map(Instants::wholeMicros)
        .distinct()
        .sorted()
        .toList();
  }

  private Stream<Instant> instants(ClusterId cluster, Laws laws) {
    Instant available = availableAt();
    if (controlPlane == null || available == null) {
      return Stream.empty();
    }
    return Stream.of(
            controlPlane.instants(),
            components == null ? Stream.<Instant>empty() : components.instants(available, laws),
            pools.stream().flatMap(p -> p.instants(available, laws)),
            Stream.ofNullable(removedAt),
            Stream.ofNullable(deletedAt(laws)),
            resources(cluster).instants(laws))
        .flatMap(instants -> instants);
  }
}
