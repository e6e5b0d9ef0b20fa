package io.keelson.adapters.simulator;

import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.provisioning.AclDocument;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.ComponentsDocument;
import io.keelson.commands.provisioning.PoolDocument;
import io.keelson.commands.provisioning.Result;
import java.time.Instant;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How each write of the port changes a world. The rules are pure. A write that is not new changes
 * nothing, and a removal is final.
 */
final class WorldWrites {

  /**
   * The result of a write.
   *
   * @param generation of the current document; 0: there is none
   * @param effects how many changes the write made: 0 for a repeat or a refusal
   * @param refused null: the write was accepted
   */
  record Change(World world, long generation, int effects, Result.@Nullable Refused refused) {

    private static Change made(World world, long generation) {
      return new Change(world, generation, 1, null);
    }

    private static Change none(World world, long generation) {
      return new Change(world, generation, 0, null);
    }

    private static Change refused(World world, Result.Code code, String field, String message) {
      return new Change(world, 0, 0, new Result.Refused(code, field, message));
    }

    private static Change removed(World world, String what) {
      return refused(world, Result.Code.REMOVED, what, what + " was removed, which is final");
    }
  }

  private WorldWrites() {}

  static Change apply(World world, ClusterDocument document, Instant now, Laws laws) {
    if (world.removedAt() != null) {
      return Change.removed(world, "cluster");
    }
    ControlPlane held = world.controlPlane();
    if (held != null && held.held().current().generation() >= document.generation()) {
      return Change.none(world, held.held().current().generation());
    }
    ControlPlane next =
        held == null ? ControlPlane.created(document, now, laws) : held.with(document, now, laws);
    // Nodes may wait for the control plane, or for its version.
    List<NodePool> pools = world.pools().stream().map(p -> p.filled(now, next, laws)).toList();
    return Change.made(world.with(next).with(pools), document.generation());
  }

  static Change apply(World world, ComponentsDocument document, Instant now) {
    if (world.removedAt() != null) {
      return Change.removed(world, "cluster");
    }
    Components held = world.components();
    if (held != null && held.held().current().generation() >= document.generation()) {
      return Change.none(world, held.held().current().generation());
    }
    Components next = held == null ? Components.created(document, now) : held.with(document, now);
    return Change.made(world.with(next), document.generation());
  }

  /**
   * Quota and stock limit only a document that needs more machines than the pool has.
   *
   * @param key the idempotency key; a repeat under it gets the same decision about the quota
   * @param stock how many machines of its type the pool may have; called only if that matters
   */
  static Change apply(
      World world, PoolDocument document, String key, Instant now, Laws laws, IntSupplier stock) {
    NodePool pool = world.pool(document.pool());
    if (world.removedAt() != null) {
      return Change.removed(world, "cluster");
    }
    if (pool.removedAt() != null) {
      return Change.removed(world, "pool");
    }
    if (pool.held() != null && pool.held().current().generation() >= document.generation()) {
      return Change.none(world, pool.held().current().generation());
    }
    NodePool next = pool.with(document, now, world.controlPlane(), laws);
    int machines = next.maxAtOnce(now, laws);
    if (machines > pool.existing(now, laws).size()) {
      if (laws.faults().strike(Fault.QUOTA, key)) {
        return Change.refused(world, Result.Code.QUOTA, "size", "the quota of nodes is used up");
      }
      if (MachineStock.isOut(document.machine().zone(), document.machine().nodeType(), now, laws)
          || machines > stock.getAsInt()) {
        return Change.refused(
            world,
            Result.Code.CAPACITY,
            "node_type",
            document.machine().nodeType() + " is out of stock in " + document.machine().zone());
      }
    }
    return Change.made(world.with(next), document.generation());
  }

  static Change apply(World world, AclDocument document) {
    if (world.removedAt() != null) {
      return Change.removed(world, "cluster");
    }
    AclDocument held = world.acl();
    return held != null && held.generation() >= document.generation()
        ? Change.none(world, held.generation())
        : Change.made(world.with(document), document.generation());
  }

  /** What does not run cannot boot again, and who asks under the same key asks once. */
  static Change reboot(World world, PoolId id, NodeId node, String key, Instant now, Laws laws) {
    NodePool pool = world.pool(id);
    PoolDocument document = pool.held() == null ? null : pool.held().current();
    if (document == null) {
      return Change.none(world, 0);
    }
    NodePool next =
        pool.with(
            m ->
                m.id().equals(node)
                        && m.runsAt(now, world.availableAt(), document.machine().zone(), laws)
                    ? m.rebooted(key, now)
                    : m);
    return next.equals(pool) ? Change.none(world, 0) : Change.made(world.with(next), 0);
  }

  /** Records an action; the caller applies it to the credentials if it is new. */
  static Change act(World world, CompletedAction action) {
    if (world.removedAt() != null) {
      return Change.removed(world, "cluster");
    }
    return world.controlPlane() == null || world.actions().contains(action)
        ? Change.none(world, 0)
        : Change.made(world.with(action), 0);
  }

  static Change removePool(World world, PoolId id, Instant now, Laws laws) {
    NodePool pool = world.pool(id);
    boolean there = pool.held() != null && pool.removedAt() == null;
    return new Change(
        world.with(pool.removed(now, world.availableAt(), laws)),
        generation(pool),
        there ? 1 : 0,
        null);
  }

  static Change removeResources(World world, boolean any, Instant now) {
    if (world.resourcesRemovedAt() != null || !any) {
      return Change.none(world, 0);
    }
    return Change.made(world.withoutResources(now), 0);
  }

  static Change removeCluster(World world, Instant now, Laws laws) {
    long generation =
        world.controlPlane() == null ? 0 : world.controlPlane().held().current().generation();
    if (world.removedAt() != null) {
      return Change.none(world, generation);
    }
    boolean there = world.controlPlane() != null;
    return new Change(world.removed(now, laws), generation, there ? 1 : 0, null);
  }

  private static long generation(NodePool pool) {
    return pool.held() == null ? 0 : pool.held().current().generation();
  }
}
