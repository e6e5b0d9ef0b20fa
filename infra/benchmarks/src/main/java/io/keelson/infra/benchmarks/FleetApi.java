package io.keelson.infra.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The few routes of the Kubernetes API that the measures of a fleet call. */
final class FleetApi {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String clusters;
  private final String pools;
  private final String project;
  private final String key;

  FleetApi(Map<String, String> variables) {
    String base =
        variables.get("SCW_API_URL") + "/k8s/v1/regions/" + variables.get("SCW_DEFAULT_REGION");
    this.clusters = base + "/clusters";
    this.pools = base + "/pools/";
    this.project = String.valueOf(variables.get("SCW_DEFAULT_PROJECT_ID"));
    this.key = String.valueOf(variables.get("SCW_SECRET_KEY"));
  }

  /** Returns the id of the new cluster. */
  String create(String name) throws IOException, InterruptedException {
    String cluster =
        """
        {"project_id": "%s", "name": "%s", "version": "1.35.3", "cni": "cilium",
         "private_network_id": "6f7b2c1e-6b0c-4b8e-9a51-3a1f3b5d9c01",
         "pools": [{"name": "default", "node_type": "DEV1-M", "size": 1}]}
        """
            .formatted(project, name);
    return send("POST", clusters, cluster).get("id").asString();
  }

  String pool(String cluster) throws IOException, InterruptedException {
    return send("GET", clusters + "/" + cluster + "/pools", "")
        .get("pools")
        .get(0)
        .get("id")
        .asString();
  }

  void tag(String pool, int number) throws IOException, InterruptedException {
    send("PATCH", pools + pool, "{\"tags\": [\"change-" + number + "\"]}");
  }

  boolean ready(String cluster) throws IOException, InterruptedException {
    return send("GET", clusters + "/" + cluster, "").get("status").asString().equals("ready");
  }

  /** How many clusters are ready. */
  int ready() throws IOException, InterruptedException {
    return send("GET", clusters + "?status=ready&page_size=1", "").get("total_count").asInt();
  }

  private JsonNode send(String method, String address, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .method(method, BodyPublishers.ofString(body))
            .header("X-Auth-Token", key)
            .header("Content-Type", "application/json")
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          method + " " + address + ": " + response.statusCode() + " " + response.body());
    }
    return JSON.readTree(response.body());
  }
}
