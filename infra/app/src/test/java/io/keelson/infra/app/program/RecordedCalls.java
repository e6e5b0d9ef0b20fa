package io.keelson.infra.app.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Calls from a source address of their own. Keeps everything that the server sends back. */
final class RecordedCalls {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final String base;
  private final HttpClient http;
  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

  /**
   * @param source an address of this machine
   */
  RecordedCalls(String base, String source) throws IOException {
    this.base = base;
    this.http = HttpClient.newBuilder().localAddress(InetAddress.getByName(source)).build();
  }

  /** Who calls: a key, and the name of the program that uses it. */
  record Client(String secret, String userAgent) {}

  /**
   * A call and its response.
   *
   * @param content the headers and the body
   */
  record Exchange(String path, int status, String content) {}

  record Response(int status, JsonNode body, String text, String requestId) {}

  List<Exchange> exchanges() {
    return exchanges;
  }

  Response get(Client client, String path) throws IOException, InterruptedException {
    return send(client, "GET", path, null, null);
  }

  Response send(
      Client client, String method, String path, @Nullable String body, @Nullable String key)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(client, path)
            .timeout(TIMEOUT)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
    String text = new String(response.body(), UTF_8);
    exchanges.add(
        new Exchange(path, response.statusCode(), response.headers().map() + "\n" + text));
    return new Response(
        response.statusCode(),
        json(text),
        text,
        response.headers().firstValue("X-Request-Id").orElse(""));
  }

  /**
   * Reads the lines of a stream from the beginning of the log, up to the first such line.
   *
   * @throws IOException when the stream ends before that
   */
  void follow(Client client, String path, Predicate<String> last)
      throws IOException, InterruptedException {
    HttpRequest request = request(client, path).header("Last-Event-ID", "0").build();
    StringBuilder content = new StringBuilder();
    HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
    try (Stream<String> lines = response.body()) {
      if (lines.peek(line -> content.append(line).append('\n')).noneMatch(last)) {
        throw new IOException(path + " has ended");
      }
    }
    exchanges.add(
        new Exchange(path, response.statusCode(), response.headers().map() + "\n" + content));
  }

  private HttpRequest.Builder request(Client client, String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .header("X-Auth-Token", client.secret())
        .header("User-Agent", client.userAgent());
  }

  private static JsonNode json(String text) {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException notJson) {
      return MissingNode.getInstance();
    }
  }
}
