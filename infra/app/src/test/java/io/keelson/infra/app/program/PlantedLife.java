package io.keelson.infra.app.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.infra.app.program.RecordedCalls.Client;
import io.keelson.infra.app.program.RecordedCalls.Response;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The whole life of a cluster, with planted values in every kind of call. */
final class PlantedLife {

  /** The quote and the slash have other forms in JSON and in URLs. */
  static final String USER_DATA = "planted\"cloud/init-5fJ1pQ";

  /** In a pool of a new cluster, where the API ignores user data. */
  static final String IGNORED = "planted\"ignored/pool-8sK2vW";

  static final String REFUSED = "planted\"refused/body-3hT9xZ";
  static final String SOURCE = "127.0.0.77";
  static final String AGENT = "planted-agent\"changes/6dR4mB";
  static final String AGENT_REFUSED = "planted-agent\"refused/1yN7cL";
  static final String AGENT_READS = "planted-agent\"reads/9gV5kH";
  static final String AGENT_UNKNOWN = "planted-agent\"unknown/2wX8jD";

  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final String FIRST_VERSION = "1.35.3";
  private static final String NEXT_VERSION = "1.36.1";

  private final RecordedCalls calls;
  private final Map<String, String> environment;
  private final Map<String, String> servers;
  private final Client owner;
  private final Client reader;
  private final Client refused;
  private final Client readOnly;

  /**
   * @param environment of {@code keelson.env}
   * @param servers of {@code servers.env}
   */
  PlantedLife(RecordedCalls calls, Map<String, String> environment, Map<String, String> servers)
      throws Exception {
    String secret = environment.getOrDefault("SCW_SECRET_KEY", "");
    IssuedKey other =
        IssuedKey.issue(environment, servers, "SCWREADONLYREADONLY0", "KubernetesReadOnly");
    this.calls = calls;
    this.environment = environment;
    this.servers = servers;
    this.owner = new Client(secret, AGENT);
    this.reader = new Client(secret, AGENT_READS);
    this.refused = new Client(secret, AGENT_REFUSED);
    this.readOnly = new Client(other.secret(), AGENT_REFUSED);
  }

  /**
   * Creates, changes, upgrades, reads and deletes.
   *
   * @return the token of the cluster's kubeconfig
   */
  String run() throws Exception {
    String created = cluster("first", pool("default", 1, IGNORED, "x" + IGNORED));
    String cluster = sent(owner, "POST", Fleet.PATH, created, "first").path("id").asString();
    assertThat(sent(owner, "POST", Fleet.PATH, created, "first").path("id").asString())
        .isEqualTo(cluster);
    String path = Fleet.PATH + "/" + cluster;
    refusedCalls(path);
    awaitReady(path, FIRST_VERSION);
    String late =
        sent(owner, "POST", path + "/pools", pool("late", 1, USER_DATA, "xx" + USER_DATA), "late")
            .path("id")
            .asString();
    awaitReady(path, FIRST_VERSION);
    change(path, late);
    awaitReady(path, NEXT_VERSION);
    String token = readSecrets(path, late);
    Map<String, String> arguments = arguments(cluster, late);
    assertThat(GetRoutes.callAll(calls, reader, arguments)).isGreaterThan(25);
    sent(owner, "DELETE", path + "?with_additional_resources=true", null, null);
    await().atMost(TIMEOUT).until(() -> calls.get(owner, path).status() == 404);
    awaitPublished();
    GetRoutes.callAll(calls, reader, arguments);
    GetRoutes.follow(calls, reader);
    return token;
  }

  /** Every kind of refusal, with user data in the body where the route takes any. */
  private void refusedCalls(String path) throws Exception {
    String pool = pool("refused", 1, REFUSED, "x" + REFUSED);
    String pools = path + "/pools";
    Client unknown = new Client(UUID.randomUUID().toString(), AGENT_UNKNOWN);
    expect(401, unknown, pools, pool);
    expect(401, new Client("no key", AGENT_UNKNOWN), pools, pool);
    expect(403, readOnly, pools, pool);
    expect(403, readOnly, Fleet.PATH, cluster("refused", pool));
    expect(404, refused, Fleet.PATH + "/" + UUID.randomUUID() + "/pools", pool);
    expect(400, refused, pools, pool.replace("\"size\": 1", "\"size\": -1"));
    expect(400, refused, pools, "{\"user_data\": {\"a\": \"" + escaped(REFUSED) + "\"}}");
    expect(400, refused, pools, "{\"user_data\": {\"" + escaped(REFUSED) + "\": \"\"}");
    expect(400, refused, pools, "{\"user_data\": \"" + escaped(REFUSED) + "\"}");
    expect(409, refused, path + "/upgrade", "{\"version\": \"" + NEXT_VERSION + "\"}");
  }

  private void expect(int status, Client client, String path, String body) throws Exception {
    Response response = calls.send(client, "POST", path, body, null);
    assertThat(response.status()).as(() -> path + ": " + response.text()).isEqualTo(status);
  }

  private void change(String path, String pool) throws Exception {
    sent(owner, "PATCH", path, "{\"tags\": [\"planted\"]}", null);
    sent(owner, "PATCH", Fleet.POOLS + pool, "{\"size\": 2}", null);
    awaitReady(path, FIRST_VERSION);
    sent(owner, "POST", path + "/acls", "{\"acls\": [{\"ip\": \"10.1.2.0/24\"}]}", null);
    sent(owner, "POST", path + "/reset-admin-token", "{}", null);
    awaitReady(path, FIRST_VERSION);
    String upgrade = "{\"version\": \"" + NEXT_VERSION + "\", \"upgrade_pools\": true}";
    sent(owner, "POST", path + "/upgrade", upgrade, null);
  }

  private String readSecrets(String path, String pool) throws Exception {
    for (String key : List.of("first", "second", "first?dl=1")) {
      String userData = Fleet.POOLS + pool + "/user-data/" + key;
      assertThat(calls.get(reader, userData).status()).as(userData).isEqualTo(200);
    }
    assertThat(calls.get(readOnly, path + "/kubeconfig").status()).isEqualTo(403);
    String file = calls.get(reader, path + "/kubeconfig?dl=1").text();
    String token = file.replaceAll("(?s).*token: *\"?([^\"\\s]+).*", "$1");
    assertThat(token).hasSizeBetween(20, 500);
    return token;
  }

  private Map<String, String> arguments(String cluster, String pool) throws Exception {
    Map<String, String> arguments = new HashMap<>();
    String path = Fleet.PATH + "/" + cluster;
    arguments.put("region", "fr-par");
    arguments.put("cluster_id", cluster);
    arguments.put("pool_id", pool);
    arguments.put("key", "first");
    arguments.put("version_name", NEXT_VERSION);
    arguments.put("node_id", first(path + "/nodes", "nodes"));
    arguments.put("operation_id", first("/keelson/v1/operations?cluster_id=" + cluster, "items"));
    arguments.put("event_id", first("/keelson/v1/events?cluster_id=" + cluster, "items"));
    return arguments;
  }

  private String first(String path, String list) throws Exception {
    String id = calls.get(reader, path).body().path(list).path(0).path("id").asString();
    assertThat(id).as(path).isNotEmpty();
    return id;
  }

  private JsonNode sent(
      Client client, String method, String path, @Nullable String body, @Nullable String key)
      throws Exception {
    Response response = calls.send(client, method, path, body, key);
    assertThat(response.status())
        .as(() -> method + " " + path + ": " + response.text())
        .isIn(200, 204);
    return response.body();
  }

  private void awaitReady(String path, String version) {
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> {
              assertThat(calls.get(owner, path).body().path("status").asString())
                  .isEqualTo("ready");
              assertThat(calls.get(owner, path + "/pools").body().path("pools"))
                  .isNotEmpty()
                  .allSatisfy(
                      pool -> {
                        assertThat(pool.path("status").asString()).isEqualTo("ready");
                        assertThat(pool.path("version").asString()).isEqualTo(version);
                      });
            });
  }

  private void awaitPublished() throws Exception {
    String kafka = servers.getOrDefault("SPRING_KAFKA_BOOTSTRAP_SERVERS", "");
    try (PublishedEvents published = new PublishedEvents(kafka)) {
      published.checkedAgainst(new Api(environment));
    }
  }

  private String cluster(String name, String pool) {
    return """
    {"project_id": "%s", "name": "%s", "version": "%s", "cni": "cilium",
     "private_network_id": "6f7b2c1e-6b0c-4b8e-9a51-3a1f3b5d9c01", "pools": [%s]}
    """
        .formatted(environment.get("SCW_DEFAULT_PROJECT_ID"), name, FIRST_VERSION, pool);
  }

  private static String pool(String name, int size, String first, String second) {
    return """
    {"name": "%s", "node_type": "DEV1-M", "size": %d,
     "user_data": {"first": "%s", "second": "%s"}}
    """
        .formatted(name, size, base64(first), base64(second));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String escaped(String text) {
    return text.replace("\"", "\\\"");
  }
}
