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
 * All of one simulated cluster. What it looks like at an instant follows from it alone: nothing
 * moves it but a write, so a crash cannot lose or double anything. How it is written to is in
 * {@link Writes}.
 *
 * @param controlPlane null: never applied
 * @param removedAt null: it stays; it can be removed without ever having been applied
 * @param resourcesRemovedAt null: what workloads made stays
 * @param acl null: never applied
 * @param tokenResets the keys under which another administrator's credential was asked for, the
 *     newest ones
 */
record World(
    @Nullable ControlPlane controlPlane,
    @Nullable Components components,
    List<NodePool> pools,
    @Nullable Instant removedAt,
    @Nullable Instant resourcesRemovedAt,
    @Nullable AclDocument acl,
    List<String> tokenResets) {

  static final World EMPTY = new World(null, null, List.of(), null, null, null, List.of());

  private static final int KEPT_RESETS = 20;

  World {
    pools = List.copyOf(pools);
    tokenResets = List.copyOf(Objects.requireNonNullElse(tokenResets, List.of()));
  }

  World with(ControlPlane next) {
    return new World(next, components, pools, removedAt, resourcesRemovedAt, acl, tokenResets);
  }

  World with(Components next) {
    return new World(controlPlane, next, pools, removedAt, resourcesRemovedAt, acl, tokenResets);
  }

  World with(NodePool pool) {
    return with(
        Stream.concat(pools.stream().filter(p -> !p.id().equals(pool.id())), Stream.of(pool))
            .toList());
  }

  World with(List<NodePool> all) {
    return new World(
        controlPlane, components, all, removedAt, resourcesRemovedAt, acl, tokenResets);
  }

  World with(AclDocument document) {
    return new World(
        controlPlane, components, pools, removedAt, resourcesRemovedAt, document, tokenResets);
  }

  World withTokenReset(String key) {
    List<String> keys = Stream.concat(tokenResets.stream(), Stream.of(key)).toList();
    return new World(
        controlPlane,
        components,
        pools,
        removedAt,
        resourcesRemovedAt,
        acl,
        keys.subList(Math.max(0, keys.size() - KEPT_RESETS), keys.size()));
  }

  World withoutResources(Instant now) {
    return new World(controlPlane, components, pools, removedAt, now, acl, tokenResets);
  }

  World removed(Instant now, Laws laws) {
    return new World(
        controlPlane,
        components,
        pools.stream().map(p -> p.forced(now, laws)).toList(),
        now,
        resourcesRemovedAt,
        acl,
        tokenResets);
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

  /** When its API server first answers; null while there is none. */
  @Nullable Instant availableAt() {
    return controlPlane == null ? null : controlPlane.availableAt();
  }

  /** When nothing is left of it but what workloads made; null while it stays. */
  @Nullable Instant goneAt(Laws laws) {
    if (removedAt == null) {
      return null;
    }
    Instant alone = removedAt.plus(laws.takes(Step.CLUSTER_DELETING));
    return pools.stream()
        .map(p -> p.goneAt(laws))
        .flatMap(Stream::ofNullable)
        .reduce(alone, (a, b) -> a.isAfter(b) ? a : b);
  }

  /** Whether somebody can reach its API server. */
  boolean answersAt(Instant now, Laws laws) {
    Instant available = availableAt();
    Instant gone = goneAt(laws);
    return available != null && !available.isAfter(now) && (gone == null || gone.isAfter(now));
  }

  /** What it shows now: what is there, with statuses that come a little late. */
  Optional<ObservedCluster> shown(ClusterId cluster, Instant now, Laws laws) {
    Instant recently = now.minus(laws.takes(Step.STATUS));
    Instant gone = goneAt(laws);
    if (controlPlane == null || (gone != null && !gone.isAfter(recently))) {
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
            present.stream().map(p -> PoolLook.at(at, p, controlPlane, laws)).toList(),
            present.stream().flatMap(p -> p.nodesAt(at, availableAt(), laws).stream()).toList(),
            Resources.at(at, cluster, this, laws)));
  }

  /** What somebody who observes it now gets. */
  Observation observed(ClusterId cluster, Instant now, Laws laws) {
    return laws.struck(Fault.UNREACHABLE, Step.SPELL, now, cluster)
        ? new Observation.Unreachable("the cluster does not respond")
        : shown(cluster, now, laws)
            .<Observation>map(Observation.Seen::new)
            .orElseGet(Observation.Gone::new);
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
            Stream.ofNullable(goneAt(laws)),
            Resources.instants(cluster, this, laws))
        .flatMap(instants -> instants);
  }
}
