package io.keelson.infra.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a person meets it: started, refused, joined, stopped. */
@Timeout(180)
class KeelsonApplicationTest {

  @TempDir Path data;

  @Test
  void starts_only_the_servers_lets_others_join_and_takes_them_down_again() throws Exception {
    Map<String, String> variables;
    try (ProgramRun run = ProgramRun.servers(data, 0)) {
      awaitReady(run);
      variables = new EnvFile(data.resolve("servers.env")).read();
      connect(variables);

      try (ProgramRun second = ProgramRun.servers(data, 0)) {
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.output())
            .singleElement()
            .asString()
            .contains("in use by another Keelson", "KEELSON_DATA_DIR");
      }

      assertThat(run.stop()).isLessThan(Duration.ofSeconds(3));
    }
    assertThatThrownBy(() -> connect(variables)).isInstanceOf(SQLException.class);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data.resolve("servers.env"))))
        .isEqualTo("rw-------");
    assertThat(Files.readString(data.resolve("keelson.log")))
        .doesNotContain(variables.get("SPRING_DATASOURCE_PASSWORD"));
  }

  @Test
  void says_in_one_line_that_the_port_is_taken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ProgramRun run = ProgramRun.servers(data, taken.getLocalPort())) {
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.output())
          .singleElement()
          .asString()
          .contains(Integer.toString(taken.getLocalPort()), "KEELSON_POSTGRES_PORT");
    }
  }

  private static void awaitReady(ProgramRun run) {
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> run.says("The embedded servers are ready in"));
  }

  private static void connect(Map<String, String> variables) throws SQLException {
    DriverManager.getConnection(
            variables.getOrDefault("SPRING_DATASOURCE_URL", ""),
            variables.getOrDefault("SPRING_DATASOURCE_USERNAME", ""),
            variables.getOrDefault("SPRING_DATASOURCE_PASSWORD", ""))
        .close();
  }
}
