package io.keelson.infra.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that runs the application's {@code main} with the profile {@code servers}. */
final class ServersRun implements AutoCloseable {

  private final Process process;
  private final Path output;

  private ServersRun(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static ServersRun begin(Path data, int port) throws IOException {
    Path output = Files.createTempFile("servers", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KeelsonApplication.class.getName()));
    builder.environment().put("SPRING_PROFILES_ACTIVE", "servers");
    builder.environment().put("KEELSON_DATA_DIR", data.toString());
    builder.environment().put("KEELSON_POSTGRES_PORT", Integer.toString(port));
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new ServersRun(builder.start(), output);
  }

  List<String> output() {
    try {
      return Files.readAllLines(output, UTF_8);
    } catch (IOException e) {
      return new ArrayList<>();
    }
  }

  boolean says(String text) {
    return output().stream().anyMatch(line -> line.contains(text));
  }

  /** Asks it to stop, and answers with how long it took. */
  Duration stop() {
    long before = System.nanoTime();
    process.destroy();
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    return Duration.ofNanos(System.nanoTime() - before);
  }

  int exitCode() {
    return process.onExit().orTimeout(60, TimeUnit.SECONDS).join().exitValue();
  }

  @Override
  public void close() throws IOException {
    stop();
    Files.delete(output);
  }
}
