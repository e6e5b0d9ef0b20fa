package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.response.ApiFormat;
import io.keelson.adapters.rest.write.CommandSender;
import io.keelson.adapters.rest.write.Subject;
import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.pool.PoolCommand.UpdatePool;
import io.keelson.commands.pool.PoolCommand.UpgradePool;
import io.keelson.commands.spec.PoolChange;
import io.keelson.commands.spec.PoolSpec;
import io.keelson.projections.status.ClusterStatus;
import io.keelson.projections.status.PoolStatus;
import io.keelson.projections.status.PoolStatus.Phase;
import io.keelson.projections.status.Statuses;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Sends the commands of callers about pools. No rule of pools is decided here. */
@Component
public class PoolWrites {
  private final Statuses statuses;
  private final CommandSender sender;
  private final StockCheck stock;
  private final Clock clock;

  public PoolWrites(Statuses statuses, CommandSender sender, StockCheck stock, Clock clock) {
    this.statuses = statuses;
    this.sender = sender;
    this.stock = stock;
    this.clock = clock;
  }

  /**
   * The pool, if the caller may see it.
   *
   * @throws Refused when no such pool exists for this caller
   */
  public PoolStatus find(Caller caller, Region region, PoolId pool) {
    return statuses
        .pool(caller.scope(), region.name(), pool)
        .orElseThrow(() -> new Refused(Problem.notFound("pool", pool.toString())));
  }

  /** Sends a change and returns the pool with the desired spec. */
  PoolResponse change(PoolStatus before, PoolChange change, Caller caller) {
    return PoolResponse.of(changed(before, change, caller));
  }

  /**
   * Sends a change and returns the row of the pool with the desired spec.
   *
   * @throws Refused when the pool would grow and no machine is in stock
   */
  public PoolStatus changed(PoolStatus before, PoolChange change, Caller caller) {
    stock.checkResize(before.spec(), before.spec().with(change));
    OperationId operation = new OperationId(UUID.randomUUID());
    UpdatePool command = new UpdatePool(before.cluster(), before.id(), operation, change);
    return send(command, operation, before.id(), before.region(), caller)
        .orElseGet(() -> expected(before, change));
  }

  boolean isVersionOfCluster(KubernetesVersion version, PoolStatus pool, Caller caller) {
    return statuses
        .cluster(caller.scope(), pool.region(), pool.cluster())
        .orElseThrow(() -> new Refused(Problem.notFound("pool", pool.id().toString())))
        .spec()
        .version()
        .equals(version);
  }

  /**
   * Upgrades a pool and returns its row: in progress, or unchanged if every node has the version
   * already.
   */
  PoolStatus upgrade(
      PoolStatus before, KubernetesVersion target, OperationId operation, Caller caller) {
    boolean under = before.phase() == Phase.UPGRADING || !before.mixed();
    if (under && before.spec().version().equals(target)) {
      return before;
    }
    UpgradePool command = new UpgradePool(before.cluster(), before.id(), operation, target);
    boolean repeated = statuses.operation(caller.scope(), operation).isPresent();
    PoolStatus after =
        repeated
            ? before
            : send(command, operation, before.id(), before.region(), caller).orElse(before);
    return after.desired(after.spec().at(target), Phase.UPGRADING, after.updatedAt());
  }

  /**
   * Sends a command about a pool.
   *
   * @return empty when the pool cannot be read in time, although the command has been executed
   */
  Optional<PoolStatus> send(
      ClusterCommand command, OperationId operation, PoolId pool, String region, Caller caller) {
    return sender.send(
        command,
        operation,
        subject(command.clusterId(), pool, region, caller),
        caller,
        () -> statuses.pool(caller.scope(), region, pool));
  }

  /** The subject of a command about a pool or about one of its nodes. */
  public Subject subject(ClusterId cluster, PoolId pool, String region, Caller caller) {
    return new Subject(
        "pool",
        pool,
        () ->
            statuses
                .pool(caller.scope(), region, pool)
                .map(PoolStatus::phase)
                .map(ApiFormat::lowerCase)
                .orElse("unknown"),
        cluster(cluster, region, caller));
  }

  private Subject cluster(ClusterId cluster, String region, Caller caller) {
    return new Subject(
        "cluster",
        cluster,
        () ->
            statuses
                .cluster(caller.scope(), region, cluster)
                .map(ClusterStatus::phase)
                .map(ApiFormat::lowerCase)
                .orElse("unknown"));
  }

  /** The row as it will be once it shows the command's result. */
  private PoolStatus expected(PoolStatus before, PoolChange change) {
    PoolSpec desired = before.spec().with(change);
    boolean resized = desired.size() != before.spec().size();
    return before.desired(desired, resized ? Phase.SCALING : before.phase(), clock.instant());
  }
}
