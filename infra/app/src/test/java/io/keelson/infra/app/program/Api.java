package io.keelson.infra.app.program;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that is configured only by {@code keelson.env}. */
final class Api {

  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final String base;
  private final String secret;
  private final String project;

  Api(Map<String, String> environment) {
    this.base = environment.getOrDefault("SCW_API_URL", "");
    this.secret = environment.getOrDefault("SCW_SECRET_KEY", "");
    this.project = environment.getOrDefault("SCW_DEFAULT_PROJECT_ID", "");
  }

  record Response(int status, JsonNode body, String requestId) {}

  String project() {
    return project;
  }

  /** A resource that needs no key, as plain text. */
  String text(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).build();
    HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(path + " answers " + response.statusCode());
    }
    return response.body();
  }

  Response get(String path) throws IOException, InterruptedException {
    return send("GET", path, null, null);
  }

  Response delete(String path) throws IOException, InterruptedException {
    return send("DELETE", path, null, null);
  }

  Response patch(String path, String body) throws IOException, InterruptedException {
    return send("PATCH", path, body, null);
  }

  Response post(String path, String body, @Nullable String idempotencyKey)
      throws IOException, InterruptedException {
    return send("POST", path, body, idempotencyKey);
  }

  Response send(String method, String path, @Nullable String body, @Nullable String idempotencyKey)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(30))
            .header("X-Auth-Token", secret)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (idempotencyKey != null) {
      request.header("Idempotency-Key", idempotencyKey);
    }
    HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
    return new Response(
        response.statusCode(),
        JSON.readTree(response.body()),
        response.headers().firstValue("X-Request-Id").orElse(""));
  }
}
