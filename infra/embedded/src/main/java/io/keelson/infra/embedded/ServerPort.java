package io.keelson.infra.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a server listens. One that was chosen freely is remembered, so that it stays. */
final class ServerPort {

  static final String HOST = "127.0.0.1";

  private final String server;
  private final String variable;
  private final Path memory;
  private final boolean any;
  private int number;

  private ServerPort(String server, String variable, Path memory, int wanted) throws IOException {
    if (wanted < 0 || wanted > 65_535) {
      throw new StartRefused("%s is %d, not a port".formatted(variable, wanted));
    }
    this.server = server;
    this.variable = variable;
    this.memory = memory;
    this.any = wanted == 0;
    this.number = any ? remembered() : wanted;
  }

  /**
   * @param wanted 0: the remembered one, or any
   */
  static ServerPort ofPostgres(Path directory, int wanted) throws IOException {
    return new ServerPort(
        "PostgreSQL", "KEELSON_POSTGRES_PORT", directory.resolve("postgres.port"), wanted);
  }

  /**
   * @param wanted 0: the remembered one, or any
   */
  static ServerPort ofKafka(Path directory, int wanted) throws IOException {
    return new ServerPort("Kafka", "KEELSON_KAFKA_PORT", directory.resolve("kafka.port"), wanted);
  }

  /** Any port that is free now, for what nobody else has to find. */
  static int free() throws IOException {
    return tryOut(0);
  }

  int number() {
    return number;
  }

  /** Makes sure that the port can be listened on; where any will do, another may be chosen. */
  void claim() throws IOException {
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
      Files.writeString(memory, number + "\n");
    }
  }

  private static int tryOut(int candidate) throws IOException {
    InetAddress address = InetAddress.ofLiteral(HOST);
    try (ServerSocket socket = new ServerSocket(candidate, 1, address)) {
      return socket.getLocalPort();
    }
  }

  private int remembered() throws IOException {
    String text = Files.exists(memory) ? Files.readString(memory).strip() : "";
    return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
  }
}
