package io.keelson.infra.app.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.infra.app.directory.EnvFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the owner and the auditor of a cluster can read from a whole program that is started twice.
 */
@Timeout(600)
class HistoryTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  @TempDir Path data;

  @Test
  void requested_changes_can_be_read_at_once_followed_live_and_read_again() throws Exception {
    List<Long> before;
    try (ProgramRun program = ProgramRun.ready(data)) {
      Api api = new Api(environment());
      checkDocument(api, "/openapi/kubernetes-v1.json");
      checkDocument(api, "/openapi/keelson-v1.json");
      Follower follower = new Follower(environment());

      Api.Response created = Fleet.create(api, "history");
      String cluster = created.body().path("id").asString();
      checkWhatCanBeReadAtOnce(api, created.requestId(), cluster);
      await().atMost(TIMEOUT).until(() -> Fleet.settled(api).contains(cluster));
      awaitOperations(api, cluster);

      List<JsonNode> all = Fleet.events(api, "");
      before = positions(all);
      assertThat(before).isSorted().doesNotHaveDuplicates();
      assertThat(all).extracting(e -> e.path("cluster_id").asString()).contains(cluster);
      List<Long> open = positions(all.stream().filter(e -> e.path("public").asBoolean()).toList());
      await().atMost(TIMEOUT).until(() -> follower.positions.containsAll(open));
      assertThat(follower.positions.subList(0, open.size())).isEqualTo(open);

      program.stopInTime();
      assertThat(follower.end).succeedsWithin(Duration.ofSeconds(60));
    }
    try (ProgramRun _ = ProgramRun.ready(data)) {
      List<Long> after = positions(Fleet.events(new Api(environment()), ""));
      assertThat(after.subList(0, before.size())).isEqualTo(before);
    }
  }

  /** The served documents equal the checked-in ones. */
  private static void checkDocument(Api api, String document) throws Exception {
    assertThat(api.text(document)).isEqualTo(Files.readString(Path.of("../docs" + document)));
  }

  private static void checkWhatCanBeReadAtOnce(Api api, String request, String cluster)
      throws Exception {
    List<JsonNode> events = atOnce(() -> Fleet.events(api, "&correlation_id=" + request));
    JsonNode first = events.getFirst();
    assertThat(first.path("type").asString()).isEqualTo("cluster.creation-started");
    assertThat(first.path("stream").asString()).isEqualTo(cluster);
    assertThat(first.path("request_id").asString()).isEqualTo(request);
    assertThat(first.path("data").path("spec").path("name").asString()).isEqualTo("history");

    List<JsonNode> audit =
        atOnce(
            () ->
                List.copyOf(
                    api.get("/keelson/v1/audit?request_id=" + request)
                        .body()
                        .path("items")
                        .values()));
    assertThat(audit).hasSize(1);
    assertThat(audit.get(0).path("action").asString()).isEqualTo("CreateCluster");
    assertThat(audit.get(0).path("outcome").asString()).isEqualTo("success");
    assertThat(audit.get(0).path("resource_id").asString()).isEqualTo(cluster);
    assertThat(audit.get(0).path("source_ip").asString()).isEqualTo("127.0.0.1");
    assertThat(audit.get(0).path("position")).isEqualTo(first.path("position"));
  }

  /**
   * A response waits up to a second for the events that precede its request. On a stalled machine
   * it may arrive without them: then the request is repeated.
   */
  private static List<JsonNode> atOnce(Callable<List<JsonNode>> question) {
    return await()
        .atMost(TIMEOUT)
        .pollDelay(Duration.ZERO)
        .until(
            () -> {
              long before = System.nanoTime();
              List<JsonNode> response = question.call();
              if (response.isEmpty()) {
                assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .as("how long was waited before the response was empty")
                    .isGreaterThanOrEqualTo(Duration.ofMillis(990));
              }
              return response;
            },
            response -> !response.isEmpty());
  }

  /** State and log are different tables, so the rows of the log may appear later. */
  private static void awaitOperations(Api api, String cluster) {
    await().atMost(TIMEOUT).untilAsserted(() -> checkOperations(api, cluster));
  }

  private static void checkOperations(Api api, String cluster) throws Exception {
    JsonNode operations =
        api.get("/keelson/v1/operations?cluster_id=" + cluster).body().path("items");
    assertThat(operations).isNotEmpty();
    for (JsonNode operation : operations) {
      assertThat(operation.path("started_position").asLong()).isPositive();
      assertThat(operation.path("position").asLong())
          .isGreaterThanOrEqualTo(operation.path("started_position").asLong());
    }
  }

  private static List<Long> positions(List<JsonNode> events) {
    return events.stream().map(e -> e.path("position").asLong()).toList();
  }

  /** Reads the stream from the beginning of the log. */
  private static final class Follower {

    final List<Long> positions = new CopyOnWriteArrayList<>();
    final CompletableFuture<?> end;

    Follower(Map<String, String> environment) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(environment.get("SCW_API_URL") + "/keelson/v1/stream"))
              .header("X-Auth-Token", environment.getOrDefault("SCW_SECRET_KEY", ""))
              .header("Last-Event-ID", "0")
              .build();
      end =
          HttpClient.newHttpClient()
              .sendAsync(request, BodyHandlers.ofLines())
              .thenAccept(response -> response.body().forEach(this::read));
    }

    private void read(String line) {
      if (line.startsWith("data:")) {
        positions.add(JsonMapper.shared().readTree(line.substring(5)).path("position").asLong());
      }
    }
  }

  private Map<String, String> environment() {
    return new EnvFile(data.resolve("keelson.env")).read();
  }
}
