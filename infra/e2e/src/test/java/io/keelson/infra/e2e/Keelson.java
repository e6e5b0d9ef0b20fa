package io.keelson.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The packaged program, started once for all tests on free ports and a data directory of its own.
 * Tests know it only through the file for its users, {@code keelson.env}.
 */
final class Keelson implements AutoCloseable {

  private static final Pattern LINE = Pattern.compile("export ([A-Z_]+)=(.*)");
  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

  private final Process process;
  private final Path output;
  private final Path data;

  private Keelson(Process process, Path output, Path data) {
    this.process = process;
    this.output = output;
    this.data = data;
  }

  private static Keelson start() {
    Path program = Path.of(System.getProperty("keelson.e2e.program"));
    assertThat(program).as("the packaged program").exists();
    try {
      Path directory = Path.of(System.getProperty("keelson.e2e.directory"));
      Path data = Files.createTempDirectory(directory, "data");
      Path output = directory.resolve("keelson.out");
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-XX:+UseSerialGC",
              "--sun-misc-unsafe-memory-access=allow",
              "-jar",
              program.toString());
      builder
          .environment()
          .putAll(
              Map.of(
                  "KEELSON_DATA_DIR", data.toString(),
                  "KEELSON_POSTGRES_PORT", "0",
                  "KEELSON_KAFKA_PORT", "0",
                  "SERVER_PORT", "0"));
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      Keelson keelson = new Keelson(builder.start(), output, data);
      try {
        keelson.awaitReady();
      } catch (Throwable e) {
        keelson.process.destroyForcibly();
        throw e;
      }
      return keelson;
    } catch (IOException e) {
      throw new IllegalStateException("the program cannot be started", e);
    }
  }

  private void awaitReady() {
    await()
        .atMost(START_TIMEOUT)
        .failFast(() -> assertThat(process.isAlive()).as(this::output).isTrue())
        .untilAsserted(() -> assertThat(output()).contains("Keelson is ready in"));
  }

  private String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The variables that existing clients read. */
  Map<String, String> environment() throws IOException {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String line : Files.readAllLines(data.resolve("keelson.env"))) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        variables.put(matcher.group(1), matcher.group(2));
      }
    }
    return variables;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    } finally {
      process.destroyForcibly();
    }
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Passes the one program to each test with such a parameter, and stops it after the last. */
  static final class Started implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
      return parameter.getParameter().getType() == Keelson.class;
    }

    @Override
    public Keelson resolveParameter(ParameterContext parameter, ExtensionContext extension) {
      return extension
          .getRoot()
          .getStore(Namespace.create(Keelson.class))
          .computeIfAbsent(Keelson.class, _ -> start(), Keelson.class);
    }
  }
}
