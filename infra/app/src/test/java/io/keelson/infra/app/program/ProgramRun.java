package io.keelson.infra.app.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.infra.app.KeelsonApplication;
import io.keelson.infra.testing.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the application's {@code main} in a JVM of its own. */
final class ProgramRun implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(3);

  private final Process process;
  private final Path output;

  private ProgramRun(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Only the embedded servers. */
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

  /** The whole program on a data directory and a free port; returns when it is ready. */
  static ProgramRun ready(Path data) throws IOException {
    return begin(
            Map.of(
                "KEELSON_DATA_DIR", data.toString(),
                "KEELSON_POSTGRES_PORT", "0",
                "SERVER_PORT", "0"))
        .once("Keelson is ready in", START);
  }

  /** Returns when the output contains this text. If it never does, the program is killed. */
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

  /** Stops the program with a signal and waits for its end. */
  void stop() {
    process.destroy();
    process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** Stops the program and checks the documented limit of three seconds. */
  void stopInTime() throws InterruptedException {
    Promise promise = Promise.within(Duration.ofSeconds(3));
    stop();
    promise.kept("a stopped program has ended");
  }

  /** Ends the program without any shutdown work. */
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
