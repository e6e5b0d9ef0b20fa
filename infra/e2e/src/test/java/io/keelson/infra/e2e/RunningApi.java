package io.keelson.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP client without a client library: tests see the responses as they are sent. */
final class RunningApi {

  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final String base;
  private final String key;
  private final String project;
  private final String region;

  RunningApi(Map<String, String> environment) {
    this.base = environment.getOrDefault("SCW_API_URL", "");
    this.key = environment.getOrDefault("SCW_SECRET_KEY", "");
    this.project = environment.getOrDefault("SCW_DEFAULT_PROJECT_ID", "");
    this.region = "/k8s/v1/regions/" + environment.getOrDefault("SCW_DEFAULT_REGION", "");
  }

  record Response(int status, String contentType, String requestId, String body) {

    JsonNode json() {
      return JSON.readTree(body);
    }

    /** The body; the call must succeed with the content type that older clients compare. */
    JsonNode ok() {
      assertThat(status).as(body).isEqualTo(200);
      assertThat(contentType).isEqualTo("application/json");
      return json();
    }

    void isRefused(int status, String type) {
      assertThat(this.status).as(body).isEqualTo(status);
      assertThat(contentType).isEqualTo("application/json");
      assertThat(json().path("type").asString("")).as(body).isEqualTo(type);
    }
  }

  Response get(String path) throws IOException, InterruptedException {
    return send("GET", region + path, null);
  }

  Response post(String path, String body) throws IOException, InterruptedException {
    return send("POST", region + path, body);
  }

  Response put(String path, String body) throws IOException, InterruptedException {
    return send("PUT", region + path, body);
  }

  Response patch(String path, String body) throws IOException, InterruptedException {
    return send("PATCH", region + path, body);
  }

  Response delete(String path) throws IOException, InterruptedException {
    return send("DELETE", region + path, null);
  }

  /**
   * Sends any request.
   *
   * @param path the complete path
   */
  Response send(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(30))
            .header("X-Auth-Token", key)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
    return new Response(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.headers().firstValue("X-Request-Id").orElse(""),
        response.body());
  }

  /** Creates a cluster with one pool of two nodes, waits until it is ready, and returns its id. */
  String readyCluster(String name) throws IOException, InterruptedException {
    String body =
        """
        {"project_id": "%s", "name": "%s", "version": "%s", "cni": "cilium",
         "private_network_id": "%s",
         "pools": [{"name": "default", "node_type": "DEV1-M", "size": 2}]}
        """
            .formatted(project, name, newestVersion(), UUID.randomUUID());
    String id = post("/clusters", body).ok().path("id").asString();
    awaitReady("/clusters/" + id);
    // The cluster is ready before the nodes of its pool are.
    String pools = "/clusters/" + id + "/pools";
    awaitReady("/pools/" + get(pools).ok().path("pools").path(0).path("id").asString());
    return id;
  }

  private String newestVersion() throws IOException, InterruptedException {
    return get("/versions").ok().path("versions").path(0).path("name").asString();
  }

  /** Waits until the cluster, pool or node is ready, and returns it. */
  JsonNode awaitReady(String path) {
    return await(path, found -> found.path("status").asString("").equals("ready"));
  }

  /** Waits until the resource passes the check, and returns it. */
  JsonNode await(String path, Predicate<JsonNode> check) {
    return Awaitility.await(path)
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(250))
        .until(() -> get(path).json(), check);
  }

  /** Waits until the resource is not found. */
  void awaitDeleted(String path) {
    Awaitility.await(path)
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(() -> get(path).isRefused(404, "not_found"));
  }
}
