package io.keelson.aggregates.pool;

import static io.keelson.commands.CommandRejected.Reason.KEY_REUSED;
import static io.keelson.commands.CommandRejected.Reason.NOT_FOUND;

import io.keelson.aggregates.pool.PoolCluster.Absent;
import io.keelson.aggregates.pool.PoolCluster.Creating;
import io.keelson.aggregates.pool.PoolCluster.Deleting;
import io.keelson.aggregates.pool.PoolCluster.Failed;
import io.keelson.aggregates.pool.PoolCluster.InService;
import io.keelson.aggregates.pool.PoolCluster.Present;
import io.keelson.aggregates.pool.PoolCluster.Upgrade;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.pool.PoolCommand;
import io.keelson.commands.pool.PoolCommand.CreatePool;
import io.keelson.commands.pool.PoolCommand.DeletePool;
import io.keelson.commands.pool.PoolCommand.RemoveNode;
import io.keelson.commands.pool.PoolCommand.ReplaceNode;
import io.keelson.commands.pool.PoolCommand.UpdatePool;
import io.keelson.commands.pool.PoolCommand.UpgradePool;
import io.keelson.commands.pool.PoolEvent;
import io.keelson.commands.pool.PoolEvent.PoolCreationStarted;
import io.keelson.commands.pool.PoolEvent.PoolDeletionStarted;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What may happen to one pool. Its creation and deletion are decided here; what changes it in
 * between is decided by the other deciders of this package.
 */
public final class PoolDecider {

  /** The generation of a pool's first document. */
  static final long FIRST_GENERATION = 1;

  private PoolDecider() {}

  public static List<PoolEvent> decide(PoolCommand command, PoolCluster cluster) {
    return switch (cluster) {
      case Present present ->
          switch (command) {
            case PoolCommand.Customer c -> customer(c, present);
            case PoolCommand.Report c -> PoolReports.decide(c, present.pools());
          };
      case Absent absent ->
          switch (command) {
            case PoolCommand.Customer c -> throw withoutCluster(c, absent);
            case PoolCommand.Report _ -> List.of();
          };
    };
  }

  private static CommandRejected withoutCluster(PoolCommand.Customer command, Absent cluster) {
    return command instanceof CreatePool
        ? new CommandRejected(
            NOT_FOUND, "cluster " + cluster.id() + " does not exist", "cluster_id")
        : PoolChecks.notFound(command.pool());
  }

  private static List<PoolEvent> customer(PoolCommand.Customer command, Present cluster) {
    return switch (command) {
      case CreatePool c -> create(c, cluster);
      case UpdatePool c -> PoolUpdateDecider.update(c, cluster);
      case RemoveNode c -> PoolUpdateDecider.remove(c, cluster);
      case UpgradePool c -> PoolRollDecider.upgrade(c, cluster);
      case ReplaceNode c -> PoolRollDecider.replace(c, cluster);
      case DeletePool c -> delete(c, cluster);
    };
  }

  private static List<PoolEvent> create(CreatePool c, Present cluster) {
    PoolCreationStarted started =
        new PoolCreationStarted(
            c.clusterId(), c.pool(), c.operation(), FIRST_GENERATION, c.spec(), false);
    Optional<PoolState> before = cluster.pools().pool(c.pool());
    if (before.isPresent()) {
      return sameAgain(started, before.get().created());
    }
    if (cluster.pools().deleted().contains(c.pool())) {
      throw PoolChecks.notFound(c.pool());
    }
    Upgrade upgrade = PoolChecks.inService(cluster);
    if (upgrade != null) {
      throw upgrade.holder().rejection(cluster.id());
    }
    PoolRules.checkName(c.spec(), cluster.pools());
    PoolRules.checkFirst(c.spec(), cluster);
    PoolRules.checkNodes(c.pool(), c.spec(), cluster);
    PoolRules.checkServed(c.spec(), cluster);
    return List.of(started);
  }

  private static List<PoolEvent> sameAgain(
      PoolCreationStarted requested, PoolCreationStarted before) {
    if (requested.equals(before)) {
      return List.of(); // delivered twice
    }
    throw new CommandRejected(
        KEY_REUSED, "pool " + requested.pool() + " was created by another request");
  }

  private static List<PoolEvent> delete(DeletePool c, Present cluster) {
    return switch (cluster.stage()) {
      case InService s -> delete(c, s.upgrade(), pool(c, cluster));
      case Deleting _ when pool(c, cluster).leaving() -> List.of(); // its cluster deletes it
      case Deleting s -> throw s.holder().rejection(cluster.id());
      case Creating s -> throw s.holder().rejection(cluster.id());
      case Failed s -> throw s.holder().rejection(cluster.id());
    };
  }

  private static PoolState pool(DeletePool c, Present cluster) {
    return cluster.pools().pool(c.pool()).orElseThrow(() -> PoolChecks.notFound(c.pool()));
  }

  private static List<PoolEvent> delete(DeletePool c, @Nullable Upgrade upgrade, PoolState pool) {
    return switch (pool.phase()) {
      case DELETING -> List.of(); // requested already
      case CREATING, RUNNING, CREATION_FAILED, DELETION_FAILED ->
          List.of(
              new PoolDeletionStarted(
                  c.clusterId(), c.pool(), c.operation(), false, ended(c.pool(), upgrade, pool)));
    };
  }

  /** An upgrade of the cluster is among them while it waits for the pool: it must not any more. */
  private static List<OperationId> ended(PoolId id, @Nullable Upgrade upgrade, PoolState pool) {
    Stream<OperationId> waiting =
        upgrade != null && upgrade.pools().contains(id)
            ? Stream.of(upgrade.operation())
            : Stream.of();
    return Stream.concat(pool.operations().stream(), waiting).toList();
  }
}
