package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.CallDelivery.Call;
import io.keelson.commands.ClusterAction;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.AclDocument;
import io.keelson.commands.provisioning.Changes;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.ComponentsDocument;
import io.keelson.commands.provisioning.Cursor;
import io.keelson.commands.provisioning.KubeAccess;
import io.keelson.commands.provisioning.Observation;
import io.keelson.commands.provisioning.PoolDocument;
import io.keelson.commands.provisioning.Provisioning;
import io.keelson.commands.provisioning.Result;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * The provisioning port over simulated clusters in tables of their own. It must never call another
 * part of Keelson.
 */
public final class Simulator implements Provisioning, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);

  private final SimulatorTables tables;
  private final StockTables stockTables;
  private final CallDelivery delivery;
  private final Clock clock;
  private final Laws laws;
  private final MachineStock stock;
  private final ChangeFeed feed;
  private final WriteSignal signal = new WriteSignal();

  /** Creates a simulator at the default speed, without faults. */
  public Simulator(DataSource dataSource, Clock clock) {
    this(dataSource, clock, Pace.DEFAULT_SPEED, Faults.NONE);
  }

  /** Creates a simulator that has any number of machines of every type. */
  public Simulator(DataSource dataSource, Clock clock, double speed, Faults faults) {
    this(dataSource, clock, speed, faults, Map.of());
  }

  /**
   * Creates a simulator.
   *
   * @param speed how many simulated seconds pass in one second: above 0
   * @param capacity how many machines all clusters may have at one time, by {@code
   *     <zone>/<node_type>} or {@code <node_type>}; a type that is not named has no limit
   */
  public Simulator(
      DataSource dataSource,
      Clock clock,
      double speed,
      Faults faults,
      Map<String, Integer> capacity) {
    this.stock = new MachineStock(capacity);
    this.tables = new SimulatorTables(dataSource);
    this.stockTables = new StockTables(dataSource);
    this.clock = clock;
    this.laws = new Laws(new Pace(speed, faults.seed()), faults);
    this.feed = new ChangeFeed(dataSource, tables, clock, laws, signal);
    this.delivery = new CallDelivery(dataSource, tables, stockTables, clock, laws, signal::written);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities("simulator", true);
  }

  @Override
  public Result applyCluster(ClusterDocument document, String idempotencyKey) {
    return delivery.deliver(
        new Call(
            "applyCluster",
            document.cluster(),
            Target.CONTROL_PLANE,
            document.generation(),
            idempotencyKey),
        (world, now) -> WorldWrites.apply(world, document, now, laws));
  }

  @Override
  public Result applyComponents(ComponentsDocument document, String idempotencyKey) {
    return delivery.deliver(
        new Call(
            "applyComponents",
            document.cluster(),
            Target.COMPONENTS,
            document.generation(),
            idempotencyKey),
        (world, now) -> WorldWrites.apply(world, document, now));
  }

  @Override
  public Result applyPool(PoolDocument document, String idempotencyKey) {
    PoolDocument stored = UserDataRemoval.withoutUserData(document);
    return delivery.deliver(
        new Call(
            "applyPool",
            document.cluster(),
            Target.pool(document.pool()),
            document.generation(),
            idempotencyKey),
        (world, now) ->
            WorldWrites.apply(
                world, stored, idempotencyKey, now, laws, () -> stockFor(stored, now)));
  }

  /** How many machines a pool may have at one time. */
  private int stockFor(PoolDocument document, Instant now) {
    List<MachineStock.Limit> limits =
        stock.limits(document.machine().zone(), document.machine().nodeType());
    if (!limits.isEmpty()) {
      stockTables.lock(document.machine().nodeType());
    }
    return limits.stream()
        .mapToInt(l -> left(l, document.pool(), now))
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  private int left(MachineStock.Limit limit, @Nullable PoolId but, Instant now) {
    return limit.max() - stockTables.takenAtOnce(limit.zone(), limit.nodeType(), but, now);
  }

  @Override
  public boolean inStock(String zone, String nodeType) {
    Instant now = clock.instant();
    try {
      return !MachineStock.isOut(zone, nodeType, now, laws)
          && stock.limits(zone, nodeType).stream().allMatch(l -> left(l, null, now) > 0);
    } catch (DataAccessException e) {
      LOG.warn(
          "the stock of {} in {} is unknown: {}", nodeType, zone, e.getClass().getSimpleName());
      return true;
    }
  }

  @Override
  public Result applyAcl(AclDocument document, String idempotencyKey) {
    return delivery.deliver(
        new Call("applyAcl", document.cluster(), Target.ACL, document.generation(), idempotencyKey),
        (world, _) -> WorldWrites.apply(world, document));
  }

  @Override
  public Result rebootNode(ClusterId cluster, PoolId pool, NodeId node, String idempotencyKey) {
    return delivery.deliver(
        new Call("rebootNode", cluster, Target.node(node), null, idempotencyKey),
        (world, now) -> WorldWrites.reboot(world, pool, node, idempotencyKey, now, laws));
  }

  @Override
  public Result act(ClusterId cluster, ClusterAction action, String idempotencyKey) {
    return delivery.deliver(
        new Call("act", cluster, Target.action(action), null, idempotencyKey),
        (world, _) -> WorldWrites.act(world, new CompletedAction(action, idempotencyKey)));
  }

  @Override
  public Result removePool(ClusterId cluster, PoolId pool, String idempotencyKey) {
    return delivery.deliver(
        new Call("removePool", cluster, Target.pool(pool), null, idempotencyKey),
        (world, now) -> WorldWrites.removePool(world, pool, now, laws));
  }

  @Override
  public Result removeAdditionalResources(ClusterId cluster, String idempotencyKey) {
    return delivery.deliver(
        new Call(
            "removeAdditionalResources",
            cluster,
            Target.ADDITIONAL_RESOURCES,
            null,
            idempotencyKey),
        (world, now) ->
            WorldWrites.removeResources(
                world, !world.resources(cluster).at(now, laws).isEmpty(), now));
  }

  @Override
  public Result removeCluster(ClusterId cluster, String idempotencyKey) {
    return delivery.deliver(
        new Call("removeCluster", cluster, Target.CLUSTER, null, idempotencyKey),
        (world, now) -> WorldWrites.removeCluster(world, now, laws));
  }

  @Override
  public Observation observe(ClusterId cluster) {
    try {
      return tables.world(cluster).observed(cluster, clock.instant(), laws);
    } catch (DataAccessException e) {
      return new Observation.Unreachable(e.getClass().getSimpleName());
    }
  }

  @Override
  public Changes changes(Cursor after, Duration wait) {
    return feed.after(after, wait);
  }

  @Override
  public Optional<KubeAccess> kubeAccess(ClusterId cluster) {
    try {
      return tables.world(cluster).servesAt(clock.instant(), laws)
          ? tables
              .credentials(cluster)
              .map(c -> new KubeAccess(c.certificateAuthority(), c.token()))
          : Optional.empty();
    } catch (DataAccessException e) {
      LOG.warn("no access to cluster {}: {}", cluster, e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  /** Ends the waits of all readers of changes, now and later. */
  @Override
  public void close() {
    signal.close();
  }
}
