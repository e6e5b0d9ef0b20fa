package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Pace.Step;
import io.keelson.adapters.simulator.SimulatorCall.Outcome;
import io.keelson.adapters.simulator.Writes.Change;
import io.keelson.commands.ClusterId;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.Answer;
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
 * The way of a write to the world and back, with all that can go wrong on it. Each delivery is one
 * transaction of its own: lock the cluster, change it, log the call.
 */
final class Deliveries {

  private final TransactionTemplate transaction;
  private final SimulatorTables tables;
  private final Clock clock;
  private final Laws laws;
  private final Runnable committed;

  Deliveries(
      DataSource dataSource, SimulatorTables tables, Clock clock, Laws laws, Runnable committed) {
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    // A provider does not forget what it did because its caller's transaction came to nothing.
    this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.tables = tables;
    this.clock = clock;
    this.laws = laws;
    this.committed = committed;
  }

  /** A write as it was asked for. */
  record Call(
      String verb, ClusterId cluster, Target target, @Nullable Long generation, String key) {

    private SimulatorCall logged(Instant at, Outcome outcome, int effects) {
      return new SimulatorCall(
          0, at, verb, cluster, target.name(), generation, key, outcome, effects);
    }
  }

  private record Delivery(int attempt, Answer answer) {}

  Answer made(Call call, BiFunction<World, Instant, Change> rule) {
    try {
      Delivery delivery = delivered(call, rule);
      // A refusal is final: what comes second must not be taken where the first was not.
      if (!(delivery.answer() instanceof Answer.Refused)
          && laws.faults().strike(Fault.DOUBLE_DELIVERY, call.key(), delivery.attempt())) {
        delivered(call, rule);
      }
      committed.run();
      if (laws.faults().strike(Fault.SLOW_ANSWER, call.key(), delivery.attempt())) {
        LockSupport.parkNanos(laws.takes(Step.SLOW_ANSWER).toNanos());
      }
      return delivery.answer();
    } catch (DataAccessException | TransactionException e) {
      return new Answer.Unavailable(e.getClass().getSimpleName());
    }
  }

  private Delivery delivered(Call call, BiFunction<World, Instant, Change> rule) {
    return Objects.requireNonNull(transaction.execute(_ -> inTransaction(call, rule)));
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
    if (change.refused() != null) {
      tables.log(call.logged(now, Outcome.REFUSED, 0));
      return new Delivery(attempt, change.refused());
    }
    save(call.cluster(), before, change.world(), now);
    boolean lost = laws.faults().strike(Fault.LOST_ANSWER, call.key(), attempt);
    tables.log(call.logged(now, lost ? Outcome.ANSWER_LOST : Outcome.ACCEPTED, change.effects()));
    return new Delivery(
        attempt,
        lost
            ? new Answer.Unavailable("the answer got lost")
            : new Answer.Accepted(World.uid(call.cluster()), change.generation()));
  }

  private void save(ClusterId cluster, World before, World after, Instant now) {
    if (after.equals(before)) {
      return;
    }
    tables.save(cluster, after, after.changesAfter(now, cluster, laws));
    if (!after.pools().equals(before.pools())) {
      tables.save(cluster, Stock.taken(after, laws));
    }
    if (before.controlPlane() == null && after.controlPlane() != null) {
      tables.save(cluster, Credentials.made(now));
    } else if (!after.tokenResets().equals(before.tokenResets())) {
      tables.credentials(cluster).ifPresent(c -> tables.save(cluster, c.withAnotherToken()));
    }
  }
}
