package io.keelson.infra.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The port of a server. A free port is stored in a file, so that it is the same at the next start.
 */
final class ServerPort {

  static final String HOST = "127.0.0.1";

  private final String server;
  private final String variable;
  private final Path file;
  private final boolean any;
  private int number;

  private ServerPort(String server, String variable, Path file, int requested) throws IOException {
    if (requested < 0 || requested > 65_535) {
      throw new StartRefused("%s is %d, not a port".formatted(variable, requested));
    }
    this.server = server;
    this.variable = variable;
    this.file = file;
    this.any = requested == 0;
    this.number = any ? stored() : requested;
  }

  /**
   * @param requested 0: the stored port, or any free one
   */
  static ServerPort ofPostgres(Path directory, int requested) throws IOException {
    return new ServerPort(
        "PostgreSQL", "KEELSON_POSTGRES_PORT", directory.resolve("postgres.port"), requested);
  }

  /**
   * @param requested 0: the stored port, or any free one
   */
  static ServerPort ofKafka(Path directory, int requested) throws IOException {
    return new ServerPort(
        "Kafka", "KEELSON_KAFKA_PORT", directory.resolve("kafka.port"), requested);
  }

  /** Any port that is free now, for a server without outside clients. */
  static int free() throws IOException {
    return tryOut(0);
  }

  int number() {
    return number;
  }

  /** Checks that the port is free; if any port is allowed, takes another free one instead. */
  void reserve() throws IOException {
    try {
      number = tryOut(number);
    } catch (BindException e) {
      if (!any) {
        throw new StartRefused(
            "port %d, for the embedded %s, is taken by another program: stop that one, or set %s to another (0: any free one)"
                .formatted(number, server, variable),
            e);
      }
      number = tryOut(0);
    }
    if (any) {
      Files.writeString(file, number + "\n");
    }
  }

  private static int tryOut(int candidate) throws IOException {
    InetAddress address = InetAddress.ofLiteral(HOST);
    try (ServerSocket socket = new ServerSocket(candidate, 1, address)) {
      return socket.getLocalPort();
    }
  }

  private int stored() throws IOException {
    String text = Files.exists(file) ? Files.readString(file).strip() : "";
    return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
  }
}
