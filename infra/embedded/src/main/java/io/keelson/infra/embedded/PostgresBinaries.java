package io.keelson.infra.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once below the data directory. A version is there as a whole or
 * not at all, whenever the unpacking was killed.
 */
final class PostgresBinaries {

  static final String VERSION = version();

  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

  private final Path home;
  private final boolean root;

  private PostgresBinaries(Path home, boolean root) {
    this.home = home;
    this.root = root;
  }

  static PostgresBinaries unpackedBelow(Path directory) throws IOException {
    if (!System.getProperty("os.name").equals("Linux")
        || !System.getProperty("os.arch").equals("amd64")) {
      throw new StartRefused(
          "the embedded PostgreSQL runs on Linux on x86-64 only: "
              + "set SPRING_DATASOURCE_URL, _USERNAME and _PASSWORD to use a server of your own");
    }
    Path home = directory.resolve(VERSION);
    if (Files.notExists(home)) {
      Path next = directory.resolve(VERSION + ".new");
      deleteTree(next);
      unpack(next);
      Files.move(next, home, ATOMIC_MOVE);
    }
    return new PostgresBinaries(home, FileOwner.current() == FileOwner.ROOT);
  }

  static String major(String version) {
    return version.substring(0, version.indexOf('.'));
  }

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  /** Runs a program to its end and answers with its exit code and what it said. */
  Outcome run(@Nullable String input, String name, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (root) {
      // PostgreSQL refuses to run as root; in a user namespace of its own it sees another user.
      command.addAll(List.of("unshare", "--user"));
    }
    command.add(program(name).toString());
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(home.toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    try (var stdin = process.outputWriter(UTF_8)) {
      if (input != null) {
        stdin.write(input);
      }
    }
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    return new Outcome(process.waitFor(), said);
  }

  /** How a program ended. */
  record Outcome(int exitCode, String said) {

    boolean failed() {
      return exitCode != 0;
    }
  }

  private static void unpack(Path target) throws IOException {
    try (InputStream packed = PostgresBinaries.class.getResourceAsStream(ARCHIVE)) {
      if (packed == null) {
        throw new IllegalStateException("no " + ARCHIVE + " on the class path");
      }
      try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          unpack(entry, tar, target);
        }
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path target)
      throws IOException {
    Path file = target.resolve(entry.getName()).normalize();
    if (!file.startsWith(target)) {
      throw new IOException("not inside the archive's folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.resolveSibling("."));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, file);
    if (file.startsWith(target.resolve("bin")) && !file.toFile().setExecutable(true, true)) {
      throw new IOException("cannot be made executable: " + file);
    }
  }

  static void deleteTree(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static String version() {
    try (InputStream text = PostgresBinaries.class.getResourceAsStream("postgres-version.txt")) {
      if (text == null) {
        throw new IllegalStateException("no postgres-version.txt on the class path");
      }
      return new String(text.readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
