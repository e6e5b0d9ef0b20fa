package io.keelson.infra.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.infra.testing.Promise;
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

  private static final Duration START = Duration.ofMinutes(3);

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
    return begin(
            Map.of(
                "KEELSON_DATA_DIR", data.toString(),
                "KEELSON_POSTGRES_PORT", "0",
                "SERVER_PORT", "0"))
        .once("Keelson is ready in", START);
  }

  /** Itself, once it says this; one that does not is killed, so that it is in nobody's way. */
  ProgramRun once(String said, Duration atMost) {
    try {
      await()
          .atMost(atMost)
          .failFast(() -> assertThat(isAlive() || says(said)).as(this::whole).isTrue())
          .untilAsserted(() -> assertThat(says(said)).as(this::whole).isTrue());
      return this;
    } catch (Throwable e) {
      kill();
      throw e;
    }
  }

  private String whole() {
    return String.join("\n", output());
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

  /** Asks it to stop, and waits until it has. */
  void stop() {
    process.destroy();
    process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** The same, which people were promised to take no longer than three seconds. */
  void stopInTime() throws InterruptedException {
    Promise promise = Promise.within(Duration.ofSeconds(3));
    stop();
    promise.kept("a program that was asked to stop has ended");
  }

  /** As a power cut would. */
  void kill() {
    process.destroyForcibly();
    process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
  }

  int exitCode() {
    return process.onExit().orTimeout(120, TimeUnit.SECONDS).join().exitValue();
  }

  @Override
  public void close() throws IOException {
    try {
      stop();
    } finally {
      kill();
      Files.delete(output);
    }
  }
}
