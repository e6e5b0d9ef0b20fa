package io.keelson.infra.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the server listens. One that was chosen freely is remembered, so that it stays. */
final class PostgresPort {

  private final Path memory;
  private final boolean any;
  private int number;

  /**
   * @param wanted 0: the remembered one, or any
   */
  PostgresPort(Path directory, int wanted) throws IOException {
    if (wanted < 0 || wanted > 65_535) {
      throw new StartRefused("KEELSON_POSTGRES_PORT is %d, not a port".formatted(wanted));
    }
    this.memory = directory.resolve("postgres.port");
    this.any = wanted == 0;
    this.number = any ? remembered() : wanted;
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
            "port %d, for the embedded PostgreSQL, is taken by another program: stop that one, or set KEELSON_POSTGRES_PORT to another (0: any free one)"
                .formatted(number),
            e);
      }
      number = tryOut(0);
    }
    if (any) {
      Files.writeString(memory, number + "\n");
    }
  }

  private static int tryOut(int candidate) throws IOException {
    InetAddress address = InetAddress.ofLiteral(EmbeddedPostgres.HOST);
    try (ServerSocket socket = new ServerSocket(candidate, 1, address)) {
      return socket.getLocalPort();
    }
  }

  private int remembered() throws IOException {
    String text = Files.exists(memory) ? Files.readString(memory).strip() : "";
    return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
  }
}
