package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Pace.Step;
import io.keelson.adapters.simulator.SimulatorCall.Outcome;
import io.keelson.adapters.simulator.Writes.Change;
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
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The provisioning port over a small world in its own tables. Each write is one transaction of its
 * own: lock the cluster, change it, log the call. It must never call anything of Keelson.
 */
public final class Simulator implements Provisioning, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);

  private final SimulatorTables tables;
  private final TransactionTemplate transaction;
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
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    // A provider does not forget what it did because its caller's transaction came to nothing.
    this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.clock = clock;
    this.laws = new Laws(new Pace(speed, faults.seed()), faults);
    this.hints =
        new Hints(clock, (cluster, now) -> tables.world(cluster).nextChange(now, cluster, laws));
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities("simulator", true);
  }

  @Override
  public Answer applyCluster(ClusterDocument document, String idempotencyKey) {
    return write(
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
    return write(
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
    return write(
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
    return write(
        new Call("removePool", cluster, Target.pool(pool), null, idempotencyKey),
        (world, now) -> Writes.removePool(world, pool, now));
  }

  @Override
  public Answer removeAdditionalResources(ClusterId cluster, String idempotencyKey) {
    return write(
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
    return write(
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
      return new Observation.Unreachable(reason(e));
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
      LOG.warn("no access to cluster {}: {}", cluster, reason(e));
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    hints.close();
  }

  private Answer write(Call call, BiFunction<World, Instant, Change> rule) {
    try {
      Delivery delivery = delivered(call, rule);
      if (laws.faults().strike(Fault.DOUBLE_DELIVERY, call.key(), delivery.attempt())) {
        delivered(call, rule);
      }
      hints.written(call.cluster());
      if (laws.faults().strike(Fault.SLOW_ANSWER, call.key(), delivery.attempt())) {
        LockSupport.parkNanos(laws.takes(Step.SLOW_ANSWER).toNanos());
      }
      return delivery.answer();
    } catch (DataAccessException | TransactionException e) {
      return new Answer.Unavailable(reason(e));
    }
  }

  private Delivery delivered(Call call, BiFunction<World, Instant, Change> rule) {
    Delivery delivery = transaction.execute(_ -> inTransaction(call, rule));
    if (delivery == null) {
      throw new IllegalStateException("a transaction without an outcome");
    }
    return delivery;
  }

  private Delivery inTransaction(Call call, BiFunction<World, Instant, Change> rule) {
    World before = tables.locked(call.cluster());
    Instant now = clock.instant();
    int attempt = tables.callsUnder(call.key()) + 1;
    if (laws.faults().strike(Fault.LOST_CALL, call.key(), attempt)) {
      tables.log(call.logged(now, Outcome.UNAVAILABLE, 0));
      return new Delivery(attempt, new Answer.Unavailable("the call got lost"));
    }
    Change change = rule.apply(before, now);
    tables.save(call.cluster(), change.world());
    if (before.controlPlane() == null && change.world().controlPlane() != null) {
      tables.save(call.cluster(), Credentials.made(now));
    }
    if (change.refused() != null) {
      tables.log(call.logged(now, Outcome.REFUSED, 0));
      return new Delivery(attempt, change.refused());
    }
    boolean lost = laws.faults().strike(Fault.LOST_ANSWER, call.key(), attempt);
    tables.log(call.logged(now, lost ? Outcome.ANSWER_LOST : Outcome.ACCEPTED, change.effects()));
    return new Delivery(
        attempt,
        lost
            ? new Answer.Unavailable("the answer got lost")
            : new Answer.Accepted(World.uid(call.cluster()), change.generation()));
  }

  private static String reason(Exception e) {
    return e.getClass().getSimpleName();
  }

  private record Delivery(int attempt, Answer answer) {}

  private record Call(
      String verb, ClusterId cluster, Target target, @Nullable Long generation, String key) {

    SimulatorCall logged(Instant at, Outcome outcome, int effects) {
      return new SimulatorCall(
          0, at, verb, cluster, target.name(), generation, key, outcome, effects);
    }
  }
}
