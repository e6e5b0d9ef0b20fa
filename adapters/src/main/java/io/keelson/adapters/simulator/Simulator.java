package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Deliveries.Call;
import io.keelson.adapters.simulator.Pace.Step;
import io.keelson.commands.ClusterId;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.Answer;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.ComponentsDocument;
import io.keelson.commands.provisioning.KubeAccess;
import io.keelson.commands.provisioning.Observation;
import io.keelson.commands.provisioning.PoolDocument;
import io.keelson.commands.provisioning.Provisioning;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
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
  private final Hints hints;

  /** A world at the default speed, without faults. */
  public Simulator(DataSource dataSource, Clock clock) {
    this(dataSource, clock, Pace.DEFAULT_SPEED, Faults.NONE);
  }

  /**
   * A world.
   *
   * @param speed how many seconds of real life pass in one: above 0
   */
  public Simulator(DataSource dataSource, Clock clock, double speed, Faults faults) {
    this.tables = new SimulatorTables(dataSource);
    this.clock = clock;
    this.laws = new Laws(new Pace(speed, faults.seed()), faults);
    this.hints =
        new Hints(clock, (cluster, now) -> tables.world(cluster).nextChange(now, cluster, laws));
    this.deliveries = new Deliveries(dataSource, tables, clock, laws, hints::written);
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
        (world, now) -> Writes.apply(world, document, idempotencyKey, now, laws));
  }

  @Override
  public Answer removePool(ClusterId cluster, PoolId pool, String idempotencyKey) {
    return deliveries.made(
        new Call("removePool", cluster, Target.pool(pool), null, idempotencyKey),
        (world, now) -> Writes.removePool(world, pool, now));
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
        Writes::removeCluster);
  }

  @Override
  public Observation observe(ClusterId cluster) {
    try {
      Instant now = clock.instant();
      if (laws.struck(Fault.UNREACHABLE, Step.SPELL, now, cluster)) {
        return new Observation.Unreachable("nobody answers");
      }
      return tables
          .world(cluster)
          .shown(cluster, now, laws)
          .<Observation>map(Observation.Seen::new)
          .orElseGet(Observation.Gone::new);
    } catch (DataAccessException e) {
      return new Observation.Unreachable(e.getClass().getSimpleName());
    }
  }

  @Override
  public AutoCloseable watch(Consumer<ClusterId> hint) {
    return hints.watch(hint);
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

  @Override
  public void close() {
    hints.close();
  }
}
