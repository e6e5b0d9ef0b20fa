package io.keelson.infra.embedded;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL with durable settings, with its data below one directory, on the loopback
 * interface and with a password. It must never lose a commit.
 *
 * <p>It survives a JVM that is killed. The next start uses the running server if that has exactly
 * the programs, the port and the settings of this start, and accepts a login: that needs no
 * recovery, and other instances that use the server keep their connections. Otherwise the server is
 * stopped and started again, so that no start depends on the remains of an earlier one.
 */
public final class EmbeddedPostgres {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);
  private static final String LOGIN_TIMEOUT_SECONDS = "3";
  private static final String WRONG_PASSWORD = "28P01";

  private final PostgresData data;
  private final ServerPort port;
  private final PostgresServer server;
  private volatile boolean stopped;

  private EmbeddedPostgres(Path directory, int port) throws IOException, InterruptedException {
    PostgresBinaries binaries = PostgresBinaries.below(directory.resolve("postgres-binaries"));
    this.data = new PostgresData(directory, binaries);
    this.port = ServerPort.ofPostgres(directory, port);
    this.server = new PostgresServer(data.path(), directory.resolve("postgres.log"), binaries);
  }

  /**
   * Starts the server, or uses the one that survived its JVM.
   *
   * @param directory where the data, the programs and the password are, made if missing; the caller
   *     ensures that no other program uses it
   * @param port where it listens; 0: any free port, the same one at the next start if it is free
   * @throws StartRefused when the person who starts the program has to change something
   */
  public static EmbeddedPostgres start(Path directory, int port) {
    try {
      EmbeddedPostgres postgres =
          new EmbeddedPostgres(Files.createDirectories(directory).toRealPath(), port);
      postgres.start();
      Thread.ofPlatform().daemon().name("embedded-postgres-watch").start(postgres::watch);
      return postgres;
    } catch (FileSystemException | FileNotFoundException e) {
      throw new StartRefused("the embedded PostgreSQL cannot use its files: " + e, e);
    } catch (IOException e) {
      throw new StartRefused("the embedded PostgreSQL cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefused("the start of the embedded PostgreSQL was interrupted", e);
    }
  }

  public int port() {
    return port.number();
  }

  public String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s".formatted(ServerPort.HOST, port(), PostgresData.DATABASE);
  }

  public String username() {
    return PostgresData.USER;
  }

  public String password() {
    return data.password();
  }

  /** Stops the server within three seconds, for good. */
  public synchronized void stop() {
    stopped = true;
    server.stop();
  }

  /** Starts the server again whenever it dies, until {@link #stop}. */
  private void watch() {
    while (!stopped) {
      LockSupport.parkNanos(CHECK_INTERVAL.toNanos());
      try {
        restartIfDead();
      } catch (InterruptedException e) {
        return;
      } catch (IOException | StartRefused e) {
        LOG.error("The embedded PostgreSQL has died and cannot be started again yet", e);
      }
    }
  }

  private synchronized void restartIfDead() throws IOException, InterruptedException {
    if (!stopped && !server.isAlive()) {
      LOG.warn("The embedded PostgreSQL has died: starting it again");
      start();
      LOG.info("The embedded PostgreSQL is back on port {}", port());
    }
  }

  private void start() throws IOException, InterruptedException {
    data.check();
    if (!data.isMade()) {
      data.make();
    }
    if (data.passwordIsKnown() && server.runsWith(port()) && acceptsLogin()) {
      LOG.info("PostgreSQL on port {} survived an earlier run and is used again", port());
      return;
    }
    server.stop();
    if (!data.passwordIsKnown()) {
      LOG.warn("The password of the embedded PostgreSQL is lost: setting a new one");
      data.renewPassword();
    }
    port.reserve();
    server.start(port());
    try {
      logIn();
    } catch (SQLException e) {
      server.stop();
      throw WRONG_PASSWORD.equals(e.getSQLState())
          ? data.wrongPassword()
          : new StartRefused(
              "the embedded PostgreSQL does not accept a login: " + e.getMessage(), e);
    }
  }

  private boolean acceptsLogin() {
    try {
      logIn();
      return true;
    } catch (SQLException e) {
      LOG.warn(
          "PostgreSQL survived an earlier run but does not accept a login: {}", e.getMessage());
      return false;
    }
  }

  private void logIn() throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", username());
    login.setProperty("password", password());
    login.setProperty("connectTimeout", LOGIN_TIMEOUT_SECONDS);
    login.setProperty("loginTimeout", LOGIN_TIMEOUT_SECONDS);
    login.setProperty("socketTimeout", LOGIN_TIMEOUT_SECONDS);
    DriverManager.getConnection(jdbcUrl(), login).close();
  }
}
