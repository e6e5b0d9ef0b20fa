package io.keelson.infra.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that runs the application's {@code main}. */
final class ProgramRun implements AutoCloseable {

  private final Process process;
  private final Path output;

  private ProgramRun(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** The embedded servers alone. */
  static ProgramRun servers(Path data, int port) throws IOException {
    return begin(
        Map.of(
            "SPRING_PROFILES_ACTIVE", "servers",
            "KEELSON_DATA_DIR", data.toString(),
            "KEELSON_POSTGRES_PORT", Integer.toString(port)));
  }

  static ProgramRun begin(Map<String, String> environment) throws IOException {
    Path output = Files.createTempFile("servers", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                KeelsonApplication.class.getName()));
    builder.environment().put("KEELSON_KAFKA_PORT", "0");
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new ProgramRun(builder.start(), output);
  }

  List<String> output() {
    try {
      return Files.readAllLines(output, UTF_8);
    } catch (IOException e) {
      return new ArrayList<>();
    }
  }

  /** A whole program over a data directory, at any free port, once it is ready. */
  static ProgramRun ready(Path data) throws IOException {
    ProgramRun program =
        begin(
            Map.of(
                "KEELSON_DATA_DIR", data.toString(),
                "KEELSON_POSTGRES_PORT", "0",
                "SERVER_PORT", "0"));
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(program.says("Keelson is ready in"))
                    .as(() -> String.join("\n", program.output()))
                    .isTrue());
    return program;
  }

  boolean says(String text) {
    return output().stream().anyMatch(line -> line.contains(text));
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to stop, and answers with how long it took. */
  Duration stop() {
    long before = System.nanoTime();
    process.destroy();
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    return Duration.ofNanos(System.nanoTime() - before);
  }

  /** As a power cut would. */
  void kill() {
    process.destroyForcibly();
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
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
