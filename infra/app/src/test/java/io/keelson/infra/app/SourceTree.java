package io.keelson.infra.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java main sources of all modules of the repository that contains this module. */
final class SourceTree {

  /** Set by Surefire; without it the working directory is the module's. */
  private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

  static final Path ROOT = MODULE.resolve("../..").normalize();

  private SourceTree() {}

  /** Relative to {@link #ROOT}, without {@code package-info.java}. */
  static List<Path> mainSources() {
    try (Stream<Path> modules = Files.list(ROOT);
        Stream<Path> infra = Files.list(ROOT.resolve("infra"))) {
      return Stream.concat(modules, infra)
          .map(module -> module.resolve("src/main/java"))
          .filter(Files::isDirectory)
          .flatMap(SourceTree::below)
          .map(ROOT::relativize)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path source) {
    try {
      return Files.readString(ROOT.resolve(source));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> below(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
