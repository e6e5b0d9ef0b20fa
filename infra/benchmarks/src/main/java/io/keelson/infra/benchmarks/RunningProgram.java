package io.keelson.infra.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged program in a process of its own, with embedded servers and a new data directory. */
final class RunningProgram implements AutoCloseable {

  private static final Pattern LINE = Pattern.compile("export ([A-Z_]+)=(.*)");
  private static final Duration START = Duration.ofMinutes(3);

  private final Process process;
  private final Path data;

  private RunningProgram(Process process, Path data) {
    this.process = process;
    this.data = data;
  }

  /** Returns when the program is ready. */
  static RunningProgram start(Path jar, Path directory) throws Exception {
    Path data = Files.createTempDirectory(Files.createDirectories(directory), "data");
    Path output = data.resolveSibling(data.getFileName() + ".out");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "--sun-misc-unsafe-memory-access=allow",
            "-jar",
            jar.toString());
    builder
        .environment()
        .putAll(
            Map.of(
                "KEELSON_DATA_DIR", data.toString(),
                "KEELSON_POSTGRES_PORT", "0",
                "KEELSON_KAFKA_PORT", "0",
                "SERVER_PORT", "0"));
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    RunningProgram program = new RunningProgram(builder.start(), data);
    long end = System.nanoTime() + START.toNanos();
    while (!Files.readString(output, UTF_8).contains("Keelson is ready in")) {
      if (!program.process.isAlive() || System.nanoTime() > end) {
        program.close();
        throw new IOException("the program did not start: " + Files.readString(output, UTF_8));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return program;
  }

  /** Of {@code keelson.env} and {@code servers.env}. */
  Map<String, String> variables() throws IOException {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String file : new String[] {"keelson.env", "servers.env"}) {
      for (String line : Files.readAllLines(data.resolve(file))) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          variables.put(matcher.group(1), matcher.group(2));
        }
      }
    }
    return variables;
  }

  /** The processor time of the program and of all processes below it, PostgreSQL included. */
  Duration cpu() {
    return Stream.concat(Stream.of(process.toHandle()), process.toHandle().descendants())
        .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 60, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }
}
