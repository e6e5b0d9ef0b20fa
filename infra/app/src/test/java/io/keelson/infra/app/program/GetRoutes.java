package io.keelson.infra.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.infra.app.program.RecordedCalls.Client;
import io.keelson.infra.app.program.RecordedCalls.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Every route with the method GET: those that the program itself describes, and a few others. */
final class GetRoutes {

  private static final String STREAM = "/keelson/v1/stream";
  private static final List<String> DOCUMENTS =
      List.of("/openapi/kubernetes-v1.json", "/openapi/keelson-v1.json");
  private static final List<String> OTHERS =
      List.of("/docs", "/actuator/health", "/actuator/health/readiness", "/actuator/prometheus");

  private GetRoutes() {}

  /**
   * Calls each route, and reads lists to their ends.
   *
   * @param arguments the values of all variables in paths
   * @return the number of routes
   */
  static int callAll(RecordedCalls calls, Client client, Map<String, String> arguments)
      throws Exception {
    List<String> paths = new ArrayList<>(OTHERS);
    for (String document : DOCUMENTS) {
      Response described = calls.get(client, document);
      assertThat(described.status()).isEqualTo(200);
      for (Map.Entry<String, JsonNode> path : described.body().path("paths").properties()) {
        if (path.getValue().has("get") && !path.getKey().equals(STREAM)) {
          paths.add(filled(path.getKey(), arguments));
        }
      }
    }
    for (String path : paths) {
      read(calls, client, path);
    }
    return paths.size();
  }

  private static String filled(String path, Map<String, String> arguments) {
    String filled = path;
    for (Map.Entry<String, String> argument : arguments.entrySet()) {
      filled = filled.replace("{" + argument.getKey() + "}", argument.getValue());
    }
    assertThat(filled).as("a path whose variables are all known").doesNotContain("{");
    return filled;
  }

  private static void read(RecordedCalls calls, Client client, String path) throws Exception {
    Response page = calls.get(client, path);
    assertThat(page.status()).as(path).isIn(200, 404);
    String cursor = page.body().path("next_cursor").asString("");
    while (!cursor.isEmpty()) {
      page = calls.get(client, path + "?cursor=" + cursor);
      assertThat(page.status()).as(path).isEqualTo(200);
      cursor = page.body().path("next_cursor").asString("");
    }
  }

  /** Reads the stream up to the position of the last public event. */
  static void follow(RecordedCalls calls, Client client) throws Exception {
    long last = 0;
    String cursor = "";
    do {
      JsonNode page = calls.get(client, "/keelson/v1/events?limit=1000" + cursor).body();
      for (JsonNode event : page.path("items")) {
        last = event.path("public").asBoolean() ? event.path("position").asLong() : last;
      }
      cursor = "&cursor=" + page.path("next_cursor").asString("");
    } while (!cursor.equals("&cursor="));
    long end = last;
    calls.follow(client, STREAM, line -> position(line) >= end);
  }

  private static long position(String line) {
    return line.startsWith("id:") ? Long.parseLong(line.substring(3).strip()) : -1;
  }
}
