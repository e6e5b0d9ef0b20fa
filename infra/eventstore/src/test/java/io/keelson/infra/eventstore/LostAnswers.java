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
 * A database that commits and, when told so, loses its answer and the connection. It also keeps
 * what was asked of it.
 */
final class LostAnswers {

  private final DataSource database;
  private final AtomicBoolean lose = new AtomicBoolean();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  LostAnswers(DataSource database) {
    this.database = database;
  }

  void loseTheNextAnswer() {
    lose.set(true);
  }

  /** Everything that costs a way to the server and back, since the last time. */
  List<String> asked() {
    List<String> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  DataSource asDataSource() {
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
            case "prepareStatement" -> asked.add((String) arguments[0]);
            case "createStatement", "commit", "rollback", "isValid", "setTransactionIsolation" ->
                asked.add(method.getName());
            default -> {
              // answered by the driver itself, or sent along with the next of these
            }
          }
          Object answer = call(real, method, arguments);
          if (method.getName().equals("commit") && lose.getAndSet(false)) {
            real.close();
            throw new SQLException("the answer was lost", "08006");
          }
          return answer;
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
