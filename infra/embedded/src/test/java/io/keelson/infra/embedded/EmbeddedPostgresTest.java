package io.keelson.infra.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real servers and real kills, in one directory; no server runs when a test begins. */
@Timeout(600)
class EmbeddedPostgresTest {

  @TempDir static Path shared;

  private final List<EmbeddedPostgres> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(EmbeddedPostgres::stop);
  }

  @Test
  void keeps_what_was_committed_on_disk() throws SQLException {
    EmbeddedPostgres postgres = start(0);

    assertThat(ask(postgres, "show fsync")).isEqualTo("on");
    assertThat(ask(postgres, "show synchronous_commit")).isEqualTo("on");
    assertThat(ask(postgres, "show full_page_writes")).isEqualTo("on");
    assertThat(ask(postgres, "show server_version")).startsWith(PostgresBinaries.MAJOR + ".");
  }

  @Test
  void rejects_a_login_without_the_password() throws IOException {
    EmbeddedPostgres postgres = start(0);

    assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), "keelson", "guess"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), "postgres", ""))
        .isInstanceOf(SQLException.class);
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file("postgres.password"))))
        .isEqualTo("rw-------");
  }

  @Test
  void finds_its_data_and_its_port_again() throws SQLException {
    EmbeddedPostgres first = start(0);
    execute(first, "create table found (id int)", "insert into found values (7)");
    first.stop();

    EmbeddedPostgres second = start(0);

    assertThat(second.port()).isEqualTo(first.port());
    assertThat(ask(second, "select id from found")).isEqualTo("7");
  }

  @Test
  void uses_the_server_that_survived_a_killed_jvm() throws Exception {
    KilledRun.toTheEnd(shared, 0);
    long survivor = postmaster();

    EmbeddedPostgres postgres = start(0);

    assertThat(postmaster()).isEqualTo(survivor);
    assertThat(ask(postgres, "select count(*) > 0 from kept")).isEqualTo("t");
  }

  @Test
  void restarts_a_server_that_survived_a_killed_jvm_on_another_port() throws Exception {
    int other = freePort();
    KilledRun.toTheEnd(shared, other);
    long survivor = postmaster();

    EmbeddedPostgres postgres = start(freePort());

    assertThat(postmaster()).isNotEqualTo(survivor);
    assertThat(postgres.port()).isNotEqualTo(other);
    assertThat(ask(postgres, "select count(*) > 0 from kept")).isEqualTo("t");
  }

  @Test
  void restarts_a_server_that_survived_a_killed_jvm_and_accepts_no_login() throws Exception {
    KilledRun.toTheEnd(shared, 0);
    long survivor = postmaster();
    signal("STOP", survivor);

    EmbeddedPostgres postgres = start(0);

    assertThat(postmaster()).isNotEqualTo(survivor);
    assertThat(ask(postgres, "select count(*) > 0 from kept")).isEqualTo("t");
  }

  @Test
  void restarts_a_server_that_was_killed_while_a_child_process_still_runs() throws Exception {
    EmbeddedPostgres postgres = start(0);
    execute(postgres, "create table recovered (id int)", "insert into recovered values (3)");
    ProcessHandle server = ProcessHandle.of(postmaster()).orElseThrow();
    long child =
        server
            .children()
            .filter(process -> commandLine(process.pid()).contains("checkpointer"))
            .findFirst()
            .orElseThrow()
            .pid();
    signal("STOP", child); // it cannot detect that its server has ended
    server.destroyForcibly();
    server.onExit().join();

    await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptionsInstanceOf(SQLException.class)
        .untilAsserted(() -> assertThat(ask(postgres, "select id from recovered")).isEqualTo("3"));
    assertThat(processes().running()).extracting(ProcessHandle::pid).doesNotContain(child);
  }

  @Test
  void starts_although_a_stale_file_names_another_program() throws Exception {
    start(0).stop();
    Files.writeString(file("postgres/postmaster.pid"), ProcessHandle.current().pid() + "\n");

    assertThat(ask(start(0), "select 1")).isEqualTo("1");
  }

  /** If the test stands still at a moment, the kill simply comes later. */
  @Test
  void survives_a_kill_in_the_middle_of_its_first_start(@TempDir Path fresh) throws Exception {
    for (String moment :
        List.of("postgres-binaries/*.new", "postgres.password", "postgres.new*/base")) {
      Process run = KilledRun.begin(fresh, 0);
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(1))
          .until(() -> matches(fresh, moment) || matches(fresh, "postgres/postmaster.pid"));
      run.destroyForcibly().onExit().join();
    }

    EmbeddedPostgres postgres = EmbeddedPostgres.start(fresh, 0);
    started.add(postgres);

    assertThat(ask(postgres, "select current_database()")).isEqualTo("keelson");
  }

  @Test
  void is_refused_when_the_port_is_taken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start(taken.getLocalPort()))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining(Integer.toString(taken.getLocalPort()))
          .hasMessageContaining("KEELSON_POSTGRES_PORT");
    }
  }

  @Test
  void uses_another_port_when_any_is_allowed() throws Exception {
    EmbeddedPostgres first = start(0);
    first.stop();
    try (ServerSocket taken = new ServerSocket(first.port(), 1, InetAddress.getLoopbackAddress())) {
      assertThat(start(0).port()).isNotEqualTo(taken.getLocalPort());
    }
  }

  @Test
  void is_refused_over_the_data_of_another_major_version() throws Exception {
    start(0).stop();
    Path version = file("postgres/PG_VERSION");
    String ours = Files.readString(version);
    Files.writeString(version, "17\n");
    try {
      assertThatThrownBy(() -> start(0))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("PostgreSQL 17");
    } finally {
      Files.writeString(version, ours);
    }
  }

  @Test
  void sets_a_new_password_when_the_file_is_lost() throws Exception {
    EmbeddedPostgres first = start(0);
    String lost = first.password();
    first.stop();
    Files.delete(file("postgres.password"));

    EmbeddedPostgres second = start(0);

    assertThat(second.password()).isNotEqualTo(lost);
    assertThat(ask(second, "select 1")).isEqualTo("1");
  }

  @Test
  void is_refused_and_leaves_nothing_running_when_the_file_holds_another_password()
      throws Exception {
    start(0).stop();
    String right = Files.readString(file("postgres.password"));
    PrivateFile.write(file("postgres.password"), "wrong");
    try {
      assertThatThrownBy(() -> start(0))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("postgres.password");
      assertThat(processes().running()).isEmpty();
    } finally {
      PrivateFile.write(file("postgres.password"), right);
    }
  }

  @Test
  void stops_at_once_although_a_client_is_busy() throws Exception {
    EmbeddedPostgres postgres = start(0);
    try (Connection busy = open(postgres);
        var statement = busy.createStatement()) {
      busy.setAutoCommit(false);
      statement.execute("create table never_committed (id int)");
      Thread query =
          Thread.startVirtualThread(
              () -> {
                try {
                  execute(postgres, "select pg_sleep(60)");
                } catch (SQLException expected) {
                  // the server stops
                }
              });
      long before = System.nanoTime();
      postgres.stop();

      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .as("much shorter than the query, on a busy machine too")
          .isLessThan(Duration.ofSeconds(30));
      assertThat(processes().running()).isEmpty();
      assertThat(query.join(Duration.ofSeconds(60))).isTrue();
    }
  }

  private EmbeddedPostgres start(int port) {
    EmbeddedPostgres postgres = EmbeddedPostgres.start(shared, port);
    started.add(postgres);
    return postgres;
  }

  private static Connection open(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl(), postgres.username(), postgres.password());
  }

  private static void execute(EmbeddedPostgres postgres, String... statements) throws SQLException {
    try (Connection connection = open(postgres);
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static @Nullable String ask(EmbeddedPostgres postgres, String query) throws SQLException {
    try (Connection connection = open(postgres);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static Path file(String name) {
    return shared.resolve(name);
  }

  private static PostgresProcesses processes() throws IOException {
    return new PostgresProcesses(shared.toRealPath().resolve("postgres"));
  }

  private static long postmaster() throws IOException {
    return processes().postmaster().orElseThrow().pid();
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
    } catch (IOException e) {
      return ""; // it has ended
    }
  }

  private static void signal(String name, long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
        .isZero();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean matches(Path directory, String glob) throws IOException {
    try (var tree =
        Files.find(
            directory,
            2,
            (path, _) ->
                directory
                    .getFileSystem()
                    .getPathMatcher("glob:" + directory + "/" + glob)
                    .matches(path))) {
      return tree.findAny().isPresent();
    } catch (UncheckedIOException e) {
      return false; // it changes while it is read
    }
  }
}
