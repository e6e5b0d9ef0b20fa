package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Deliveries.Call;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.AclDocument;
import io.keelson.commands.provisioning.Answer;
import io.keelson.commands.provisioning.Changes;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.ComponentsDocument;
import io.keelson.commands.provisioning.Cursor;
import io.keelson.commands.provisioning.KubeAccess;
import io.keelson.commands.provisioning.Observation;
import io.keelson.commands.provisioning.PoolDocument;
import io.keelson.commands.provisioning.Provisioning;
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
 * The provisioning port over a small world in its own tables. It must never call anything of
 * Keelson.
 */
public final class Simulator implements Provisioning, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);

  private final SimulatorTables tables;
  private final Deliveries deliveries;
  private final Clock clock;
  private final Laws laws;
  private final Stock stock;
  private final ChangeFeed feed;
  private final WriteSignal signal = new WriteSignal();

  /** A world at the default speed, without faults. */
  public Simulator(DataSource dataSource, Clock clock) {
    this(dataSource, clock, Pace.DEFAULT_SPEED, Faults.NONE);
  }

  /** A world that has any number of machines of every type. */
  public Simulator(DataSource dataSource, Clock clock, double speed, Faults faults) {
    this(dataSource, clock, speed, faults, Map.of());
  }

  /**
   * A world.
   *
   * @param speed how many seconds of real life pass in one: above 0
   * @param capacity how many machines there may be at once over all clusters, by {@code
   *     <zone>/<node_type>} or {@code <node_type>}; those that are not named have no limit
   */
  public Simulator(
      DataSource dataSource,
      Clock clock,
      double speed,
      Faults faults,
      Map<String, Integer> capacity) {
    this.stock = new Stock(capacity);
    this.tables = new SimulatorTables(dataSource);
    this.clock = clock;
    this.laws = new Laws(new Pace(speed, faults.seed()), faults);
    this.feed = new ChangeFeed(dataSource, tables, clock, laws, signal);
    this.deliveries = new Deliveries(dataSource, tables, clock, laws, signal::written);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities("simulator", true);
  }

  @Override
  public Answer applyCluster(ClusterDocument document, String idempotencyKey) {
    return deliveries.made(
        new Call(
            "applyCluster",
            document.cluster(),
            Target.CONTROL_PLANE,
            document.generation(),
            idempotencyKey),
        (world, now) -> Writes.apply(world, document, now, laws));
  }

  @Override
  public Answer applyComponents(ComponentsDocument document, String idempotencyKey) {
    return deliveries.made(
        new Call(
            "applyComponents",
            document.cluster(),
            Target.COMPONENTS,
            document.generation(),
            idempotencyKey),
        (world, now) -> Writes.apply(world, document, now));
  }

  @Override
  public Answer applyPool(PoolDocument document, String idempotencyKey) {
    return deliveries.made(
        new Call(
            "applyPool",
            document.cluster(),
            Target.pool(document.pool()),
            document.generation(),
            idempotencyKey),
        (world, now) ->
            Writes.apply(
                world, document, idempotencyKey, now, laws, () -> stockFor(document, now)));
  }

  /** How many machines a pool may have at once. */
  private int stockFor(PoolDocument document, Instant now) {
    List<Stock.Limit> limits = stock.limits(document.zone(), document.nodeType());
    if (!limits.isEmpty()) {
      tables.lockStock(document.nodeType());
    }
    return limits.stream()
        .mapToInt(l -> left(l, document.pool(), now))
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  private int left(Stock.Limit limit, @Nullable PoolId but, Instant now) {
    return limit.most() - tables.takenAtOnce(limit.zone(), limit.nodeType(), but, now);
  }

  @Override
  public boolean inStock(String zone, String nodeType) {
    Instant now = clock.instant();
    try {
      return !Stock.isOut(zone, nodeType, now, laws)
          && stock.limits(zone, nodeType).stream().allMatch(l -> left(l, null, now) > 0);
    } catch (DataAccessException e) {
      LOG.warn(
          "the stock of {} in {} is not known: {}", nodeType, zone, e.getClass().getSimpleName());
      return true;
    }
  }

  @Override
  public Answer applyAcl(AclDocument document, String idempotencyKey) {
    return deliveries.made(
        new Call("applyAcl", document.cluster(), Target.ACL, document.generation(), idempotencyKey),
        (world, _) -> Writes.apply(world, document));
  }

  @Override
  public Answer rebootNode(ClusterId cluster, PoolId pool, NodeId node, String idempotencyKey) {
    return deliveries.made(
        new Call("rebootNode", cluster, Target.node(node), null, idempotencyKey),
        (world, now) -> Writes.reboot(world, pool, node, idempotencyKey, now, laws));
  }

  @Override
  public Answer resetAdminToken(ClusterId cluster, String idempotencyKey) {
    return deliveries.made(
        new Call("resetAdminToken", cluster, Target.ADMIN_TOKEN, null, idempotencyKey),
        (world, _) -> Writes.resetToken(world, idempotencyKey));
  }

  @Override
  public Answer removePool(ClusterId cluster, PoolId pool, String idempotencyKey) {
    return deliveries.made(
        new Call("removePool", cluster, Target.pool(pool), null, idempotencyKey),
        (world, now) -> Writes.removePool(world, pool, now, laws));
  }

  @Override
  public Answer removeAdditionalResources(ClusterId cluster, String idempotencyKey) {
    return deliveries.made(
        new Call(
            "removeAdditionalResources",
            cluster,
            Target.ADDITIONAL_RESOURCES,
            null,
            idempotencyKey),
        (world, now) ->
            Writes.removeResources(world, !Resources.at(now, cluster, world, laws).isEmpty(), now));
  }

  @Override
  public Answer removeCluster(ClusterId cluster, String idempotencyKey) {
    return deliveries.made(
        new Call("removeCluster", cluster, Target.CLUSTER, null, idempotencyKey),
        (world, now) -> Writes.removeCluster(world, now, laws));
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
      return tables.world(cluster).answersAt(clock.instant(), laws)
          ? tables
              .credentials(cluster)
              .map(c -> new KubeAccess(c.certificateAuthority(), c.token()))
          : Optional.empty();
    } catch (DataAccessException e) {
      LOG.warn("no access to cluster {}: {}", cluster, e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  /** Ends the waits of its readers; it can still be used. */
  @Override
  public void close() {
    signal.close();
  }
}
