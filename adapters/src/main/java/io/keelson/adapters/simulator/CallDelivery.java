package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Pace.Step;
import io.keelson.adapters.simulator.SimulatorCall.Outcome;
import io.keelson.adapters.simulator.WorldWrites.Change;
import io.keelson.commands.ClusterAction;
import io.keelson.commands.ClusterId;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.Result;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Delivers writes to the simulated world and returns their results, with the faults of calls. Each
 * delivery is one transaction of its own: it locks the cluster, changes it and logs the call.
 */
final class CallDelivery {

  private final TransactionTemplate transaction;
  private final SimulatorTables tables;
  private final StockTables stock;
  private final Clock clock;
  private final Laws laws;
  private final Runnable committed;

  CallDelivery(
      DataSource dataSource,
      SimulatorTables tables,
      StockTables stock,
      Clock clock,
      Laws laws,
      Runnable committed) {
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    // The effect of a call on a provider stays if the caller's transaction is rolled back.
    this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.tables = tables;
    this.stock = stock;
    this.clock = clock;
    this.laws = laws;
    this.committed = committed;
  }

  /** A requested write. */
  record Call(
      String verb, ClusterId cluster, Target target, @Nullable Long generation, String key) {

    private SimulatorCall logged(Instant at, Outcome outcome, int effects) {
      return new SimulatorCall(
          0, at, verb, cluster, target.name(), generation, key, outcome, effects);
    }
  }

  private record Delivery(int attempt, Result result) {}

  Result deliver(Call call, BiFunction<World, Instant, Change> rule) {
    try {
      Delivery delivery = once(call, rule);
      // A refusal is final: a second delivery must not be accepted after it.
      if (!(delivery.result() instanceof Result.Refused)
          && laws.faults().strike(Fault.DOUBLE_DELIVERY, call.key(), delivery.attempt())) {
        once(call, rule);
      }
      committed.run();
      if (laws.faults().strike(Fault.SLOW_RESPONSE, call.key(), delivery.attempt())) {
        LockSupport.parkNanos(laws.takes(Step.SLOW_RESPONSE).toNanos());
      }
      return delivery.result();
    } catch (DataAccessException | TransactionException e) {
      return new Result.Unavailable(e.getClass().getSimpleName());
    }
  }

  private Delivery once(Call call, BiFunction<World, Instant, Change> rule) {
    return Objects.requireNonNull(transaction.execute(_ -> inTransaction(call, rule)));
  }

  private Delivery inTransaction(Call call, BiFunction<World, Instant, Change> rule) {
    World before = tables.locked(call.cluster());
    Instant now = clock.instant();
    int attempt = tables.callsUnder(call.key()) + 1;
    if (laws.faults().strike(Fault.LOST_CALL, call.key(), attempt)) {
      tables.log(call.logged(now, Outcome.UNAVAILABLE, 0));
      return new Delivery(attempt, new Result.Unavailable("the call was lost"));
    }
    Change change = rule.apply(before, now);
    if (change.refused() != null) {
      tables.log(call.logged(now, Outcome.REFUSED, 0));
      return new Delivery(attempt, change.refused());
    }
    save(call.cluster(), before, change.world(), now);
    boolean lost = laws.faults().strike(Fault.LOST_RESPONSE, call.key(), attempt);
    tables.log(call.logged(now, lost ? Outcome.RESPONSE_LOST : Outcome.ACCEPTED, change.effects()));
    return new Delivery(
        attempt,
        lost
            ? new Result.Unavailable("the response was lost")
            : new Result.Accepted(World.uid(call.cluster()), change.generation()));
  }

  private void save(ClusterId cluster, World before, World after, Instant now) {
    if (after.equals(before)) {
      return;
    }
    tables.save(cluster, after, after.changesAfter(now, cluster, laws));
    if (!after.pools().equals(before.pools())) {
      stock.save(cluster, MachineStock.taken(after, laws));
    }
    if (before.controlPlane() == null && after.controlPlane() != null) {
      tables.save(cluster, Credentials.made(now));
    } else if (!after.actions().equals(before.actions())) {
      ClusterAction action = after.actions().getLast().action();
      tables.credentials(cluster).ifPresent(c -> tables.save(cluster, c.after(action)));
    }
  }
}
