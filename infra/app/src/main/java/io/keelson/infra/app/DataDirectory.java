package io.keelson.infra.app;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.keelson.infra.embedded.FileOwner;
import io.keelson.infra.embedded.StartRefused;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/**
 * The directory that holds all that this instance leaves on disk. It has one user of the machine,
 * and one program at a time.
 */
public record DataDirectory(Path path) {

  /** Never closed: a lock lasts as long as the program, whichever part of it lives longest. */
  private static final Map<Path, FileChannel> LOCKS = new HashMap<>();

  /**
   * Makes the directory if need be, and keeps every other program out of it until this one ends.
   *
   * @throws StartRefused when it is another user's, or in use
   */
  public static DataDirectory open(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      make(absolute);
      lock(absolute);
    } catch (IOException e) {
      throw new StartRefused(
          "the data directory %s cannot be used (%s): set KEELSON_DATA_DIR to another"
              .formatted(absolute, e),
          e);
    }
    return new DataDirectory(absolute);
  }

  private static void make(Path path) throws IOException {
    if (Files.notExists(path)) {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    if (FileOwner.of(path) != FileOwner.current()) {
      throw new StartRefused(
          "the data directory %s belongs to another user: start as that user, or set KEELSON_DATA_DIR to another"
              .formatted(path));
    }
  }

  private static synchronized void lock(Path path) throws IOException {
    if (LOCKS.containsKey(path)) {
      return;
    }
    FileChannel channel = FileChannel.open(path.resolve("lock"), CREATE, WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw new StartRefused(
          "the data directory %s is in use by another Keelson: stop that one, or set KEELSON_DATA_DIR to another"
              .formatted(path));
    }
    LOCKS.put(path, channel);
  }
}
