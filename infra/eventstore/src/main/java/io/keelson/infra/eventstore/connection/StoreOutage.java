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
 * Distinguishes a store that cannot serve this instance now from one that rejects a request: only
 * the first is worth a retry. The store may be out of reach, or it may hold events that only newer
 * instances know.
 */
public final class StoreOutage {

  private StoreOutage() {}

  /** Whether the failure or one of its causes is an outage of the store. */
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
   * Connection exceptions, lack of resources, operator intervention (PostgreSQL, appendix A), and
   * and a server that accepts no writes, as during a failover.
   */
  private static boolean isOutageState(@Nullable String state) {
    return state != null
        && (state.startsWith("08")
            || state.startsWith("53")
            || state.startsWith("57")
            || state.equals("25006"));
  }
}
