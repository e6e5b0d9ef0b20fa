package io.keelson.infra.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Operations on whole directories. */
final class Trees {

  private static final Logger LOG = LoggerFactory.getLogger(Trees.class);

  private Trees() {}

  /** Deletes the directory and its content; it may be missing. */
  static void delete(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> tree = Files.walk(directory)) {
      deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }

  /** Flushes the directory, its content and its name to the disk. */
  static void force(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> tree = Files.walk(directory)) {
      all = tree.toList();
    }
    for (Path path : all) {
      PrivateFile.force(path);
    }
    PrivateFile.force(directory.resolveSibling("."));
  }

  /** Tries to delete a directory to which another process may still write. */
  static void tryToDelete(Path directory) {
    try {
      delete(directory);
    } catch (IOException | UncheckedIOException e) {
      LOG.info("{} cannot be deleted now: {}", directory, e.getMessage());
    }
  }
}
