package io.keelson.infra.embedded;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.keelson.infra.embedded.PostgresBinaries.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops the server of one database directory, always with the same settings. */
final class PostgresServer {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);

  private static final String START_SECONDS = "60"; // a recovery from the log may come first
  private static final String STOP_SECONDS = "2";

  /** Every setting that the durability of a commit depends on is explicit, not a default. */
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=" + ServerPort.HOST,
          "unix_socket_directories=",
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          "max_connections=200",
          "timezone=UTC",
          // The caller logs failed statements: their text may contain secrets.
          "log_min_messages=log",
          "log_checkpoints=off");

  private final Path data;
  private final Path log;
  private final PostgresBinaries binaries;
  private final PostgresProcesses processes;

  PostgresServer(Path data, Path log, PostgresBinaries binaries) {
    this.data = data;
    this.log = log;
    this.binaries = binaries;
    this.processes = new PostgresProcesses(data);
  }

  /** Whether the server runs exactly as {@link #start} would start it. */
  boolean runsWith(int port) throws IOException {
    Path commandLine = data.resolve("postmaster.opts"); // written by the server itself
    return processes.postmaster().isPresent()
        && Files.exists(commandLine)
        && Files.readString(commandLine).strip().equals(commandLine(port));
  }

  boolean isAlive() throws IOException {
    return processes.postmaster().isPresent();
  }

  /** Starts the server and waits until it accepts connections; call {@link #stop} before. */
  void start(int port) throws IOException, InterruptedException {
    if (Files.exists(log) && Files.size(log) > 5_000_000) {
      Files.move(log, log.resolveSibling("postgres.log.1"), REPLACE_EXISTING);
    }
    Outcome started = tryStart(port);
    if (started.failed()) {
      // A run that was killed may have left a server that was just starting.
      stop();
      started = tryStart(port);
    }
    if (started.failed()) {
      throw new IOException(lastError() + " (more in " + log + ")");
    }
  }

  private Outcome tryStart(int port) throws IOException, InterruptedException {
    String options =
        settings(port).stream().map(setting -> "-c " + setting).collect(Collectors.joining(" "));
    return binaries.run(
        "pg_ctl",
        "start",
        "--pgdata=" + data,
        "--log=" + log,
        "--options=" + options,
        "--wait",
        "--timeout=" + START_SECONDS);
  }

  /** Stops the server, kills processes that are left without one, and removes its pid file. */
  void stop() {
    try {
      if (processes.postmaster().isPresent()) {
        binaries.run(
            "pg_ctl", "stop", "--pgdata=" + data, "--mode=fast", "--timeout=" + STOP_SECONDS);
      }
      // A slow server, or orphans: every commit is in the log, and the next start recovers it.
      processes.kill();
      // The number in this file may belong to another program, and would prevent the next start.
      Files.deleteIfExists(data.resolve("postmaster.pid"));
    } catch (IOException e) {
      LOG.warn("The embedded PostgreSQL cannot be stopped: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String commandLine(int port) {
    return "%s \"-D\" \"%s\" ".formatted(binaries.program("postgres"), data)
        + settings(port).stream()
            .map(setting -> "\"-c\" \"%s\"".formatted(setting))
            .collect(Collectors.joining(" "));
  }

  private static List<String> settings(int port) {
    return Stream.concat(Stream.of("port=" + port), SETTINGS.stream()).toList();
  }

  private String lastError() throws IOException {
    if (Files.notExists(log)) {
      return "no error is in its log";
    }
    return Files.readAllLines(log).stream()
        .filter(line -> line.contains("FATAL:") || line.contains("PANIC:"))
        .reduce((earlier, later) -> later)
        .orElse("no error is in its log");
  }
}
