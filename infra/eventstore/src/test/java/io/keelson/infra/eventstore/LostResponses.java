package io.keelson.infra.eventstore;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * A database that commits and, on request, loses the response and the connection. It also records
 * the statements that it gets.
 */
public final class LostResponses {

  private final DataSource database;
  private final AtomicBoolean lose = new AtomicBoolean();
  private final List<String> statements = new CopyOnWriteArrayList<>();

  public LostResponses(DataSource database) {
    this.database = database;
  }

  public void loseTheNextResponse() {
    lose.set(true);
  }

  /** Everything that cost a round trip to the server since the last call of this method. */
  public List<String> statements() {
    List<String> all = List.copyOf(statements);
    statements.clear();
    return all;
  }

  public DataSource asDataSource() {
    return proxy(
        DataSource.class,
        (method, arguments) ->
            method.getName().equals("getConnection")
                ? connection(database.getConnection())
                : call(database, method, arguments));
  }

  private Connection connection(Connection real) {
    return proxy(
        Connection.class,
        (method, arguments) -> {
          switch (method.getName()) {
            case "prepareStatement" -> statements.add((String) arguments[0]);
            case "createStatement", "commit", "rollback", "isValid", "setTransactionIsolation" ->
                statements.add(method.getName());
            default -> {
              // handled by the driver itself, or sent along with the next of these
            }
          }
          Object result = call(real, method, arguments);
          if (method.getName().equals("commit") && lose.getAndSet(false)) {
            real.close();
            throw new SQLException("the response was lost", "08006");
          }
          return result;
        });
  }

  private interface Call {
    Object to(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> call.to(method, arguments)));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
