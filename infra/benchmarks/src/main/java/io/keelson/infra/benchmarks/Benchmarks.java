package io.keelson.infra.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs every measure, on a PostgreSQL of its own, and prints one table. A measure is a class with
 * its two sides and one line here.
 */
public final class Benchmarks {

  private Benchmarks() {}

  /**
   * Runs the benchmarks.
   *
   * @param arguments the directory for the data
   */
  public static void main(String[] arguments) throws Exception {
    run(Path.of(arguments[0]), Scale.FULL);
  }

  static List<Measurement> run(Path directory, Scale scale) throws Exception {
    List<Measurement> results = new ArrayList<>();
    try (Database database = new Database(directory)) {
      results.add(Appends.measure(database, scale, 1, "-"));
      results.add(Appends.measure(database, scale, 8, "0.60"));
      results.add(Appends.measure(database, scale, 32, "-"));
      results.add(WholeCommands.measure(database, scale));
      results.addAll(Visibility.measure(database, scale));
      results.add(CatchUp.measure(database, scale));
      results.addAll(KafkaCommits.measure(database, directory.resolve("kafka-data"), scale));
    }
    print(results);
    return results;
  }

  @SuppressWarnings("SystemOut") // the table is its output
  private static void print(List<Measurement> results) {
    System.out.println(Measurement.HEADER);
    results.forEach(System.out::println);
  }
}
