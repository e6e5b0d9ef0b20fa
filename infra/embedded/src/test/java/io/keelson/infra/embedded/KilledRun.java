package io.keelson.infra.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;

/** A JVM that starts the server, commits one row, and then waits to be killed. */
final class KilledRun {

  private KilledRun() {}

  public static void main(String[] arguments) throws Exception {
    EmbeddedPostgres postgres =
        EmbeddedPostgres.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    try (Connection connection =
            DriverManager.getConnection(
                postgres.jdbcUrl(), postgres.username(), postgres.password());
        var statement = connection.createStatement()) {
      statement.execute("create table if not exists kept (id int)");
      statement.execute("insert into kept values (1)");
    }
    System.out.println("COMMITTED");
    Thread.currentThread().join();
  }

  static Process begin(Path directory, int port) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledRun.class.getName(),
                directory.toString(),
                Integer.toString(port)))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Starts a run and kills it once its row is committed. */
  static void toTheEnd(Path directory, int port) throws IOException {
    Process run = begin(directory, port);
    String line = run.inputReader().lines().filter("COMMITTED"::equals).findFirst().orElse("");
    run.destroyForcibly().onExit().join();
    if (line.isEmpty()) {
      throw new AssertionError("the run ended before it committed");
    }
  }
}
