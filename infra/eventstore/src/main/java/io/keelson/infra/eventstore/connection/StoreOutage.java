package io.keelson.infra.eventstore.connection;

import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.infra.eventstore.codec.NewerEvent;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Tells a store that cannot serve us now from one that says no: only the first is worth waiting
 * for. It may be out of reach, or ahead of us, with events that only newer instances know.
 */
public final class StoreOutage {

  private StoreOutage() {}

  public static boolean isBehind(@Nullable Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (is(e)) {
        return true;
      }
    }
    return false;
  }

  private static boolean is(Throwable e) {
    return e instanceof StoreUnavailable
        || e instanceof TransientDataAccessException
        || e instanceof DataAccessResourceFailureException
        || e instanceof TransactionException
        || e instanceof NewerEvent
        || e instanceof SQLTransientConnectionException
        || e instanceof SQLNonTransientConnectionException
        || (e instanceof SQLException sql && isOutageState(sql.getSQLState()));
  }

  /**
   * Connection exceptions, lack of resources, operator intervention (PostgreSQL, appendix A), and a
   * server that takes no writes, as in the middle of a failover.
   */
  private static boolean isOutageState(@Nullable String state) {
    return state != null
        && (state.startsWith("08")
            || state.startsWith("53")
            || state.startsWith("57")
            || state.equals("25006"));
  }
}
