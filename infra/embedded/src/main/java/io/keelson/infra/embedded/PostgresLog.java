package io.keelson.infra.embedded;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the server itself says: little, and kept from growing for ever. */
final class PostgresLog {

  private static final long LARGE = 5_000_000;

  private PostgresLog() {}

  static void startAnewWhenLarge(Path log) throws IOException {
    if (Files.exists(log) && Files.size(log) > LARGE) {
      Files.move(log, log.resolveSibling(log.getFileName() + ".1"), REPLACE_EXISTING);
    }
  }

  /** The last complaint, for the person who waits for the server. */
  static Optional<String> lastComplaint(Path log) throws IOException {
    if (Files.notExists(log)) {
      return Optional.empty();
    }
    return Files.readAllLines(log).stream()
        .filter(line -> line.contains("FATAL:") || line.contains("PANIC:"))
        .reduce((earlier, later) -> later);
  }
}
