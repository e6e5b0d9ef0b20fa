package io.keelson.infra.embedded;

import io.keelson.infra.embedded.PostgresBinaries.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL with durable settings, its data below one directory, reached over loopback with
 * a password. It outlives a killed JVM: the next start goes on with it where it is just what this
 * start would have made, and otherwise stops it first. It must never lose a commit.
 */
public final class EmbeddedPostgres {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

  private static final String HOST = "127.0.0.1";
  private static final String START_SECONDS = "60"; // a recovery from the log may come first
  private static final String STOP_SECONDS = "2";
  private static final String ANSWER_SECONDS = "3";
  private static final String WRONG_PASSWORD = "28P01";

  private final PostgresBinaries binaries;
  private final PostgresData data;
  private final PostgresProcesses processes;
  private final PostgresPort port;
  private final Path log;

  private EmbeddedPostgres(Path directory, PostgresBinaries binaries, int port) throws IOException {
    this.binaries = binaries;
    this.data = new PostgresData(directory, binaries);
    this.processes = new PostgresProcesses(data.path());
    this.port = new PostgresPort(directory, HOST, port);
    this.log = directory.resolve("postgres.log");
  }

  /**
   * Starts the server, or goes on with the one that outlived its JVM.
   *
   * @param directory where the data, the programs and the password are, made if missing; the caller
   *     sees to it that nobody else uses it
   * @param port where it listens; 0: any free port, the same again at the next start if it can be
   * @throws StartRefused when the person who starts the program has to change something
   */
  public static EmbeddedPostgres start(Path directory, int port) {
    try {
      Path real = Files.createDirectories(directory).toRealPath();
      PostgresBinaries binaries = PostgresBinaries.unpackedBelow(real.resolve("postgres-binaries"));
      EmbeddedPostgres server = new EmbeddedPostgres(real, binaries, port);
      server.start();
      return server;
    } catch (IOException e) {
      throw new StartRefused(
          "the embedded PostgreSQL cannot be started in " + directory + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefused("the start of the embedded PostgreSQL was interrupted", e);
    }
  }

  public int port() {
    return port.number();
  }

  public String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s".formatted(HOST, port(), PostgresData.DATABASE);
  }

  public String username() {
    return PostgresData.USER;
  }

  public String password() {
    try {
      return data.password();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void start() throws IOException, InterruptedException {
    data.check();
    if (!data.isMade()) {
      data.make();
    }
    if (data.passwordIsKnown() && isRunningAsWanted()) {
      LOG.info("PostgreSQL on port {} outlived an earlier run: going on with it", port());
      return;
    }
    stop();
    processes.forgetPid();
    if (!data.passwordIsKnown()) {
      LOG.warn("The password of the embedded PostgreSQL is lost: setting a new one");
      data.renewPassword();
    }
    port.claim();
    launch();
  }

  /** Stops the server within a few seconds, whoever started it. */
  public void stop() {
    try {
      if (processes.postmaster().isPresent()) {
        Outcome stopped =
            binaries.run(
                null,
                "pg_ctl",
                "stop",
                "--pgdata=" + data.path(),
                "--mode=fast",
                "--timeout=" + STOP_SECONDS);
        LOG.debug("pg_ctl stop: {}", stopped.said());
      }
    } catch (IOException e) {
      LOG.warn("PostgreSQL does not stop by itself: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Too slow, or children whose server was killed: nothing that is committed is lost by this.
    processes.kill();
  }

  private boolean isRunningAsWanted() throws IOException {
    Path options = data.path().resolve("postmaster.opts");
    if (processes.postmaster().isEmpty()
        || Files.notExists(options)
        || !Files.readString(options).strip().equals(commandLine())) {
      return false;
    }
    try {
      askForAnswer();
      return true;
    } catch (SQLException e) {
      LOG.warn("PostgreSQL outlived an earlier run but does not answer: {}", e.getMessage());
      return false;
    }
  }

  /** As PostgreSQL itself writes it down in {@code postmaster.opts}. */
  private String commandLine() {
    return binaries.program("postgres")
        + " \"-D\" \"%s\" ".formatted(data.path())
        + settings().stream()
            .map(setting -> "\"-c\" \"%s\"".formatted(setting))
            .collect(Collectors.joining(" "));
  }

  private void launch() throws IOException, InterruptedException {
    PostgresLog.startAnewWhenLarge(log);
    String options = settings().stream().map(s -> "-c " + s).collect(Collectors.joining(" "));
    Outcome started =
        binaries.run(
            null,
            "pg_ctl",
            "start",
            "--pgdata=" + data.path(),
            "--log=" + log,
            "--options=" + options,
            "--wait",
            "--timeout=" + START_SECONDS);
    if (started.failed()) {
      port.claim(); // taken in the meantime? Then that is the reason, and it says so
      throw new IOException(PostgresLog.lastComplaint(log).orElse(started.said()));
    }
    try {
      askForAnswer();
    } catch (SQLException e) {
      if (WRONG_PASSWORD.equals(e.getSQLState())) {
        throw new StartRefused(
            data.passwordFile()
                + " does not hold the password of the embedded PostgreSQL: delete it, and the next"
                + " start sets a new one",
            e);
      }
      throw new IOException("it started but does not answer: " + e.getMessage(), e);
    }
  }

  private void askForAnswer() throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", username());
    login.setProperty("password", password());
    login.setProperty("connectTimeout", ANSWER_SECONDS);
    login.setProperty("loginTimeout", ANSWER_SECONDS);
    login.setProperty("socketTimeout", ANSWER_SECONDS);
    DriverManager.getConnection(jdbcUrl(), login).close();
  }

  /** Everything a commit's life depends on is said here, not left to defaults. */
  private List<String> settings() {
    return List.of(
        "port=" + port(),
        "listen_addresses=" + HOST,
        "unix_socket_directories=",
        "fsync=on",
        "synchronous_commit=on",
        "full_page_writes=on",
        "max_connections=200",
        "timezone=UTC",
        // Statements, which may hold what must not be logged, are the caller's to log.
        "log_min_messages=log",
        "log_checkpoints=off");
  }
}
