package io.keelson.infra.app.directory;

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
 * The directory that holds all files of this instance. It belongs to one user of the machine, and
 * only one program may use it at a time.
 */
public record DataDirectory(Path path) {

  /** Never closed: the program holds its locks until it ends. */
  private static final Map<Path, FileChannel> LOCKS = new HashMap<>();

  /**
   * Creates the directory if it does not exist, and locks out other programs until this one ends.
   *
   * @throws StartRefused if the directory belongs to another user or is in use
   */
  public static DataDirectory open(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      create(absolute);
      lock(absolute);
    } catch (IOException e) {
      throw new StartRefused(
          "the data directory %s cannot be used (%s): set KEELSON_DATA_DIR to another"
              .formatted(absolute, e),
          e);
    }
    return new DataDirectory(absolute);
  }

  private static void create(Path path) throws IOException {
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
