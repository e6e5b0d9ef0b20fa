package io.keelson.infra.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures the whole program over HTTP, with many clusters: how long until all are ready, what an
 * idle fleet costs, and whether the changes of one cluster delay the creation of another. Nothing
 * is asserted.
 */
public final class FleetBenchmarks {

  private static final int CALLERS = 8;
  private static final int CHANGES = 200;
  private static final Duration IDLE = Duration.ofSeconds(60);

  private FleetBenchmarks() {}

  /**
   * Runs the measures.
   *
   * @param arguments the packaged program, the directory for its data, and numbers of clusters
   */
  public static void main(String[] arguments) throws Exception {
    Path jar = Path.of(arguments[0]);
    Path directory = Path.of(arguments[1]);
    for (int i = 2; i < arguments.length; i++) {
      fleet(jar, directory, Integer.parseInt(arguments[i]));
    }
    neighbour(jar, directory);
  }

  private static void fleet(Path jar, Path directory, int clusters) throws Exception {
    try (RunningProgram program = RunningProgram.start(jar, directory)) {
      FleetApi api = new FleetApi(program.variables());
      long start = System.nanoTime();
      AtomicInteger names = new AtomicInteger();
      Callers.each(
          CALLERS, clusters / CALLERS, _ -> api.create("fleet-" + names.incrementAndGet()));
      double accepted = seconds(start);
      while (api.ready() < names.get()) {
        TimeUnit.MILLISECONDS.sleep(200);
      }
      print(
          "%d clusters of one node: accepted in %.1f s, ready in %.1f s",
          names.get(), accepted, seconds(start));
      idle(program, names.get());
    }
  }

  private static void idle(RunningProgram program, int clusters) throws Exception {
    TimeUnit.SECONDS.sleep(10); // the last projections
    try (Connection database = connect(program.variables())) {
      long transactions = transactions(database);
      Duration cpu = program.cpu();
      TimeUnit.MILLISECONDS.sleep(IDLE.toMillis());
      double seconds = IDLE.toSeconds();
      print(
          "%d idle clusters: %.0f transactions/s, %.2f cores",
          clusters,
          (transactions(database) - transactions) / seconds,
          program.cpu().minus(cpu).toMillis() / 1000.0 / seconds);
    }
  }

  private static void neighbour(Path jar, Path directory) throws Exception {
    try (RunningProgram program = RunningProgram.start(jar, directory)) {
      FleetApi api = new FleetApi(program.variables());
      String busy = created(api, "busy");
      double alone = creation(api, "alone");
      String pool = api.pool(busy);
      AtomicInteger number = new AtomicInteger();
      long start = System.nanoTime();
      Thread changes =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      Callers.each(
                          CALLERS, CHANGES / CALLERS, _ -> api.tag(pool, number.incrementAndGet()));
                    } catch (Exception e) {
                      throw new IllegalStateException(e);
                    }
                  });
      double together = creation(api, "neighbour");
      changes.join();
      print(
          "%d changes of one pool in %.1f s: the creation of another cluster takes %.1f s (alone"
              + " %.1f s)",
          CHANGES, seconds(start), together, alone);
    }
  }

  private static String created(FleetApi api, String name) throws Exception {
    String cluster = api.create(name);
    while (!api.ready(cluster)) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return cluster;
  }

  private static double creation(FleetApi api, String name) throws Exception {
    long start = System.nanoTime();
    created(api, name);
    return seconds(start);
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  private static Connection connect(Map<String, String> variables) throws SQLException {
    return DriverManager.getConnection(
        variables.get("SPRING_DATASOURCE_URL"),
        variables.get("SPRING_DATASOURCE_USERNAME"),
        variables.get("SPRING_DATASOURCE_PASSWORD"));
  }

  private static long transactions(Connection database) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select xact_commit + xact_rollback from pg_stat_database where datname ="
                    + " current_database()")) {
      row.next();
      return row.getLong(1);
    }
  }

  @SuppressWarnings({"SystemOut", "AnnotateFormatMethod"}) // these lines are its output
  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
