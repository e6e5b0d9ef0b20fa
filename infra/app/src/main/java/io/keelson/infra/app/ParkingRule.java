package io.keelson.infra.app;

import io.keelson.commands.Commands.StoreUnavailable;
import java.sql.SQLException;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.messaging.deadletter.EnqueueDecision;
import org.axonframework.messaging.deadletter.EnqueuePolicy;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** An event is parked for what is wrong with it, never for a database that is out of reach. */
final class ParkingRule implements EnqueuePolicy<EventMessage<?>> {

  @Override
  public EnqueueDecision<EventMessage<?>> decide(
      DeadLetter<? extends EventMessage<?>> letter, Throwable cause) {
    for (Throwable e = cause; e != null; e = e.getCause()) {
      if (isOutage(e)) {
        // Ends the batch: it is handled again as a whole, by whoever has the segment then.
        throw new StoreUnavailable("the database is out of reach", cause);
      }
    }
    return Decisions.enqueue(cause);
  }

  private static boolean isOutage(Throwable e) {
    return e instanceof StoreUnavailable
        || e instanceof TransientDataAccessException
        || e instanceof DataAccessResourceFailureException
        || e instanceof TransactionException
        || (e instanceof SQLException sql && isOutageState(sql.getSQLState()));
  }

  /** Connection exceptions, lack of resources, operator intervention (PostgreSQL, appendix A). */
  private static boolean isOutageState(@Nullable String state) {
    return state != null
        && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57"));
  }
}
