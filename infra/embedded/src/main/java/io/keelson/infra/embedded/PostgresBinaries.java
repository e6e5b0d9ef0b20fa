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
import java.util.List;

/**
 * PostgreSQL's programs, unpacked once. A version is present completely or not at all, whenever the
 * unpacking is killed.
 */
final class PostgresBinaries {

  /** The version of PostgreSQL, for example {@code 18.6.0}. */
  static final String VERSION = version();

  static final String MAJOR = VERSION.substring(0, VERSION.indexOf('.'));

  private static final String USE_YOUR_OWN =
      "set SPRING_DATASOURCE_URL, _USERNAME and _PASSWORD to use a server of your own";

  private final Path home;
  private final List<String> prefix;

  private PostgresBinaries(Path home, List<String> prefix) {
    this.home = home;
    this.prefix = prefix;
  }

  static PostgresBinaries below(Path directory) throws IOException, InterruptedException {
    String system = System.getProperty("os.name") + "/" + System.getProperty("os.arch");
    if (!system.equals("Linux/amd64")) {
      throw new StartRefused(
          "the embedded PostgreSQL runs on Linux/amd64, not on %s: %s"
              .formatted(system, USE_YOUR_OWN));
    }
    Path home = directory.resolve(VERSION);
    if (Files.notExists(home)) {
      Path next = directory.resolve(VERSION + ".new");
      Trees.delete(next);
      PostgresArchive.unpack(next);
      Files.move(next, home, ATOMIC_MOVE);
    }
    // PostgreSQL does not run as root; in a user namespace of its own it sees another user.
    boolean root = FileOwner.current() == FileOwner.ROOT;
    PostgresBinaries binaries =
        new PostgresBinaries(home, root ? List.of("unshare", "--user") : List.of());
    if (root && !binaries.canRun()) {
      throw new StartRefused(
          "as root the embedded PostgreSQL needs user namespaces (unshare --user), which this"
              + " machine does not allow: start as another user, or "
              + USE_YOUR_OWN);
    }
    return binaries;
  }

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  /** Runs a program to its end. */
  Outcome run(String name, String... arguments) throws IOException, InterruptedException {
    return runWithInput("", name, arguments);
  }

  /** Runs a program to its end, with {@code input} on its standard input. */
  Outcome runWithInput(String input, String name, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    command.add(program(name).toString());
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(home.toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    try (var stdin = process.outputWriter(UTF_8)) {
      stdin.write(input);
    }
    String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    return new Outcome(process.waitFor(), output);
  }

  /** The exit code and the output of a program. */
  record Outcome(int exitCode, String output) {

    boolean failed() {
      return exitCode != 0;
    }
  }

  private boolean canRun() throws InterruptedException {
    try {
      return !run("postgres", "--version").failed();
    } catch (IOException e) {
      return false; // unshare is not installed
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
