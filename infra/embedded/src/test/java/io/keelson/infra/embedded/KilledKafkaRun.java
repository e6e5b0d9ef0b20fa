package io.keelson.infra.embedded;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A JVM that starts a broker, appends without end, prints acknowledged records, and is killed. */
final class KilledKafkaRun {

  static final String TOPIC = "kept";

  private KilledKafkaRun() {}

  public static void main(String[] arguments) throws Exception {
    EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(arguments[0]), 0);
    try (Records records = new Records(kafka, TOPIC)) {
      records.createIfMissing();
      for (int i = 0; ; i++) {
        String value = ProcessHandle.current().pid() + "-" + i;
        records.append(value);
        System.out.println(value + ".");
      }
    }
  }

  /** Its output is written to this file, which is complete after a kill. */
  static Process begin(Path directory, Path output) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledKafkaRun.class.getName(),
                directory.toString()))
        .redirectOutput(output.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Kills a run while it appends, and returns the acknowledged records. */
  static List<String> untilSomeAreAcknowledged(Path directory, Path output) throws IOException {
    Process run = begin(directory, output);
    try {
      await().atMost(Duration.ofMinutes(2)).until(() -> acknowledged(output).size() >= 100);
    } finally {
      run.destroyForcibly().onExit().join();
    }
    return acknowledged(output);
  }

  private static List<String> acknowledged(Path output) throws IOException {
    return Files.readAllLines(output).stream()
        .filter(line -> line.endsWith("."))
        .map(line -> line.substring(0, line.length() - 1))
        .toList();
  }
}
