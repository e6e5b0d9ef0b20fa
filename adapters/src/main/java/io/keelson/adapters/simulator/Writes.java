package io.keelson.adapters.simulator;

import io.keelson.commands.PoolId;
import io.keelson.commands.provisioning.Answer;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.ComponentsDocument;
import io.keelson.commands.provisioning.PoolDocument;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a world changes: pure rules, one for each write of the port. What is not new changes nothing;
 * what was removed stays removed.
 */
final class Writes {

  /**
   * What a write makes of a world.
   *
   * @param generation that is now held, 0 where there is none
   * @param effects how many changes it made: 0 for a repeat or a refusal
   * @param refused null: it was accepted
   */
  record Change(World world, long generation, int effects, Answer.@Nullable Refused refused) {

    private static Change made(World world, long generation) {
      return new Change(world, generation, 1, null);
    }

    private static Change none(World world, long generation) {
      return new Change(world, generation, 0, null);
    }

    private static Change refused(World world, Answer.Code code, String field, String message) {
      return new Change(world, 0, 0, new Answer.Refused(code, field, message));
    }

    private static Change gone(World world, String what) {
      return refused(world, Answer.Code.GONE, what, what + " was removed, which is final");
    }
  }

  private Writes() {}

  static Change apply(World world, ClusterDocument document, Instant now, Laws laws) {
    if (world.removedAt() != null) {
      return Change.gone(world, "cluster");
    }
    ControlPlane held = world.controlPlane();
    if (held != null && held.held().current().generation() >= document.generation()) {
      return Change.none(world, held.held().current().generation());
    }
    ControlPlane next =
        held == null ? ControlPlane.created(document, now, laws) : held.with(document, now, laws);
    return Change.made(
        new World(next, world.components(), world.pools(), null, world.resourcesRemovedAt()),
        document.generation());
  }

  static Change apply(World world, ComponentsDocument document, Instant now) {
    if (world.removedAt() != null) {
      return Change.gone(world, "cluster");
    }
    Components held = world.components();
    if (held != null && held.held().current().generation() >= document.generation()) {
      return Change.none(world, held.held().current().generation());
    }
    Components next = held == null ? Components.created(document, now) : held.with(document, now);
    return Change.made(
        new World(world.controlPlane(), next, world.pools(), null, world.resourcesRemovedAt()),
        document.generation());
  }

  /** Quota and capacity strike only what is new, and then for good: by its key. */
  static Change apply(World world, PoolDocument document, String key, Instant now, Laws laws) {
    NodePool pool = world.pool(document.pool());
    if (world.removedAt() != null) {
      return Change.gone(world, "cluster");
    }
    if (pool.removedAt() != null) {
      return Change.gone(world, "pool");
    }
    if (pool.held() != null && pool.held().current().generation() >= document.generation()) {
      return Change.none(world, pool.held().current().generation());
    }
    if (laws.faults().strike(Fault.QUOTA, key)) {
      return Change.refused(world, Answer.Code.QUOTA, "size", "the quota of nodes is used up");
    }
    if (laws.faults().strike(Fault.CAPACITY, key)) {
      return Change.refused(
          world,
          Answer.Code.CAPACITY,
          "node_type",
          document.nodeType() + " is out of stock in " + document.zone());
    }
    return Change.made(
        with(world, pool.with(document, now, world.availableAt(), laws)), document.generation());
  }

  static Change removePool(World world, PoolId id, Instant now) {
    NodePool pool = world.pool(id);
    boolean there = pool.held() != null && pool.removedAt() == null;
    return new Change(with(world, pool.removed(now)), generation(pool), there ? 1 : 0, null);
  }

  static Change removeResources(World world, boolean any, Instant now) {
    if (world.resourcesRemovedAt() != null || !any) {
      return Change.none(world, 0);
    }
    return Change.made(
        new World(world.controlPlane(), world.components(), world.pools(), world.removedAt(), now),
        0);
  }

  static Change removeCluster(World world, Instant now) {
    long generation =
        world.controlPlane() == null ? 0 : world.controlPlane().held().current().generation();
    if (world.removedAt() != null) {
      return Change.none(world, generation);
    }
    boolean there = world.controlPlane() != null;
    return new Change(
        new World(
            world.controlPlane(),
            world.components(),
            world.pools().stream().map(p -> p.removed(now)).toList(),
            now,
            world.resourcesRemovedAt()),
        generation,
        there ? 1 : 0,
        null);
  }

  private static long generation(NodePool pool) {
    return pool.held() == null ? 0 : pool.held().current().generation();
  }

  private static World with(World world, NodePool pool) {
    List<NodePool> pools =
        Stream.concat(
                world.pools().stream().filter(p -> !p.id().equals(pool.id())), Stream.of(pool))
            .toList();
    return new World(
        world.controlPlane(),
        world.components(),
        pools,
        world.removedAt(),
        world.resourcesRemovedAt());
  }
}
