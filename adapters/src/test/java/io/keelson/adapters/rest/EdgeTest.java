package io.keelson.adapters.rest;

import io.keelson.adapters.rest.gateway.GatewayMetadata;
import io.keelson.adapters.rest.history.StreamLimits;
import io.keelson.adapters.rest.request.Regions;
import io.keelson.projections.log.AuditTable;
import io.keelson.projections.log.LogTables;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole edge on a real server, over a world in memory. */
@SpringBootTest(
    classes = EdgeTest.Application.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "server.tomcat.connection-timeout=4s")
public abstract class EdgeTest {
  protected static final String K8S = "/k8s/v1/regions/fr-par";
  protected static final JsonMapper JSON = JsonMapper.shared();

  @Autowired protected World world;
  @Autowired protected Tenants tenants;
  @Autowired protected Backend backend;
  @Autowired protected Chronicle chronicle;
  @Autowired protected Vault vault;
  @LocalServerPort protected int port;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(RestEdge.class)
  static class Application {

    @Bean
    Clock clock() {
      return Clock.fixed(Shelf.NOW, ZoneOffset.UTC);
    }

    @Bean
    World world(Clock clock) {
      return new World(clock);
    }

    @Bean
    Tenants tenants() {
      return new Tenants(Shelf.NOW);
    }

    @Bean
    Shelf catalogue() {
      return new Shelf();
    }

    @Bean
    Chronicle log() {
      return new Chronicle();
    }

    @Bean
    LogTables history(Chronicle log) {
      return new LogTables(log.database, log);
    }

    @Bean
    StreamLimits streamLimits() {
      return new StreamLimits(3, 4, Duration.ofMillis(100));
    }

    @Bean
    AuditTable audit(Chronicle log) {
      return new AuditTable(log.database);
    }

    @Bean
    Vault secrets() {
      return new Vault();
    }

    @Bean
    Backend provisioning() {
      return new Backend();
    }

    @Bean
    GatewayMetadata metadata() {
      return new GatewayMetadata("platform", "partition", "domain.example");
    }

    @Bean
    Regions regions() {
      return Regions.ALL;
    }
  }

  /** A response; its body is parsed if it is JSON. */
  protected record Answer(HttpResponse<String> response) {

    public int status() {
      return response.statusCode();
    }

    public String body() {
      return response.body();
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public JsonNode json() {
      return JSON.readTree(response.body());
    }

    public String text(String name) {
      return json().path(name).asString();
    }
  }

  @BeforeEach
  void forget() {
    world.reset();
    vault.reset();
    tenants.failure = null;
    backend.reachable = true;
    backend.soldOut.clear();
    backend.silence = null;
  }

  protected Answer call(String method, String path, @Nullable String key, @Nullable String body) {
    return call(method, path, key, body, Map.of());
  }

  protected Answer call(
      String method,
      String path,
      @Nullable String key,
      @Nullable String body,
      Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    if (key != null) {
      request.header("X-Auth-Token", key);
    }
    if (body != null && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    return send(request.build());
  }

  protected Answer get(String path) {
    return call("GET", path, Tenants.ADMIN, null);
  }

  protected Answer post(String path, String body) {
    return call("POST", path, Tenants.ADMIN, body);
  }

  protected Answer put(String path, String body) {
    return call("PUT", path, Tenants.ADMIN, body);
  }

  private Answer send(HttpRequest request) {
    try {
      return new Answer(client.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new AssertionError("no answer to " + request, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
