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

/** Whole directories. */
final class Trees {

  private static final Logger LOG = LoggerFactory.getLogger(Trees.class);

  private Trees() {}

  /** Deletes the directory and all that is in it; fine if it is not there. */
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

  /** Brings all that is in the directory to the disk, and its name. */
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

  /** Deletes what can be deleted while somebody may still be writing into it. */
  static void deleteIfQuiet(Path directory) {
    try {
      delete(directory);
    } catch (IOException | UncheckedIOException e) {
      LOG.info("{} stays for now: {}", directory, e.getMessage());
    }
  }
}
