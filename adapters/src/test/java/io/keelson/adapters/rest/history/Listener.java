package io.keelson.adapters.rest.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A client of a stream that reads it as the HTML standard says. */
final class Listener implements AutoCloseable {

  /** One event. */
  record Told(String id, String event, String data) {}

  private final HttpURLConnection connection;
  private final List<Told> events = new CopyOnWriteArrayList<>();
  private final AtomicInteger comments = new AtomicInteger();
  private volatile String lastId = "";
  private volatile boolean ended;
  private volatile @Nullable IOException failure;

  private Listener(HttpURLConnection connection) {
    this.connection = connection;
  }

  static Listener open(int port, String key, @Nullable String lastEventId) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://localhost:" + port + "/keelson/v1/stream")
                  .toURL()
                  .openConnection();
      connection.setRequestProperty("X-Auth-Token", key);
      if (lastEventId != null) {
        connection.setRequestProperty("Last-Event-ID", lastEventId);
      }
      Listener listener = new Listener(connection);
      Thread.ofPlatform().daemon().start(listener::read);
      return listener;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void read() {
    String event = "message";
    StringBuilder data = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          if (!data.isEmpty()) {
            events.add(new Told(lastId, event, data.toString()));
          }
          event = "message";
          data.setLength(0);
        } else if (line.startsWith(":")) {
          comments.incrementAndGet();
        } else if (line.startsWith("id:")) {
          lastId = line.substring(3).strip();
        } else if (line.startsWith("event:")) {
          event = line.substring(6).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5).strip());
        }
      }
    } catch (IOException e) {
      failure = e;
    }
    ended = true;
  }

  List<Told> events() {
    return events;
  }

  List<String> ids() {
    return events.stream().map(Told::id).toList();
  }

  int comments() {
    return comments.get();
  }

  String lastId() {
    return lastId;
  }

  boolean hasEnded() {
    return ended;
  }

  @Nullable IOException failure() {
    return failure;
  }

  String header(String name) {
    String value = connection.getHeaderField(name);
    return value == null ? "" : value;
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
