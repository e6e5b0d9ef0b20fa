package io.keelson.infra.app.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.infra.app.directory.EnvFile;
import io.keelson.infra.app.program.Api.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * PostgreSQL stops while clusters are created, and starts again. During the outage requests fail
 * with a clear error; afterwards all work continues without help.
 */
@Timeout(600)
class OutageTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final List<String> NAMES =
      IntStream.range(0, 8).mapToObj(i -> "outage-" + i).toList();

  @TempDir Path serversData;
  @TempDir Path data;

  @Test
  void everything_waits_for_the_database_and_continues() throws Exception {
    Set<String> ids = new HashSet<>();
    int port;
    try (ProgramRun servers = startServers(0)) {
      EnvFile word = new EnvFile(serversData.resolve("servers.env"));
      Map<String, String> environment = new HashMap<>(word.read());
      port = portOf(environment.getOrDefault("SPRING_DATASOURCE_URL", ""));
      environment.put("KEELSON_DATA_DIR", data.toString());
      environment.put("SERVER_PORT", "0");
      try (ProgramRun program = ProgramRun.begin(environment)) {
        program.once("Keelson is ready in", TIMEOUT);
        Api api = new Api(new EnvFile(data.resolve("keelson.env")).read());
        for (String name : NAMES) {
          ids.add(Fleet.create(api, name).body().path("id").asString());
        }
        servers.stop();
        checkRefusals(api);
        try (ProgramRun _ = startServers(port)) {
          await()
              .atMost(TIMEOUT)
              .ignoreExceptions()
              .untilAsserted(() -> assertThat(Fleet.settled(api)).containsAll(ids));
          awaitReadiness(api, 200);
          assertThat(Fleet.effects(api, ids, Fleet.REQUESTS).effects())
              .isEqualTo(Fleet.REQUESTS * NAMES.size());
        }
      }
    }
  }

  private static void checkRefusals(Api api) throws Exception {
    Response list = api.get(Fleet.PATH);
    assertThat(list.status()).isEqualTo(503);
    assertThat(list.body().path("type").asString()).isEqualTo("unavailable");
    awaitReadiness(api, 503);
    assertThat(api.get("/actuator/health/liveness").status()).isEqualTo(200);
  }

  /** A processor waits before a retry, so readiness follows the database with seconds of delay. */
  private static void awaitReadiness(Api api, int status) {
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> assertThat(api.get("/actuator/health/readiness").status()).isEqualTo(status));
  }

  private ProgramRun startServers(int port) throws Exception {
    return ProgramRun.servers(serversData, port).once("The embedded servers are ready in", TIMEOUT);
  }

  private static int portOf(String url) {
    return Integer.parseInt(url.replaceFirst(".*:(\\d+)/.*", "$1"));
  }
}
