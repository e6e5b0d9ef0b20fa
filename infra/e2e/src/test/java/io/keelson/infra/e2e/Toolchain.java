package io.keelson.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tools of one client: those of the machine, and the packages of the client, which its ordinary
 * package client installs into a directory of the build. When a tool or the network is missing, the
 * test is skipped with a message; every other problem is a failure.
 */
final class Toolchain {

  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+");
  private static final Duration INSTALL_TIMEOUT = Duration.ofMinutes(5);

  /** The errors of npm, Go and pip when they cannot reach their registry. */
  private static final Pattern UNREACHABLE =
      Pattern.compile(
          "ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH" // npm
              + "|dial tcp|no such host|i/o timeout" // Go
              + "|NewConnectionError|ConnectTimeoutError|Failed to establish a new"
              + " connection" // pip
              + "|[Nn]ame resolution|Name or service not known|Network is unreachable");

  private final String client;
  private final Path directory;

  private Toolchain(String client, Path directory) {
    this.client = client;
    this.directory = directory;
  }

  /** A copy of {@code src/test/sdk/<client>}, into which packages are installed. */
  static Toolchain of(String client) throws IOException {
    Path directory =
        Path.of(System.getProperty("keelson.e2e.directory"), "sdk", client).toAbsolutePath();
    Path sources = Path.of("src", "test", "sdk", client).toAbsolutePath();
    Files.createDirectories(directory);
    try (Stream<Path> files = Files.walk(sources)) {
      files.filter(Files::isRegularFile).forEach(file -> copy(file, sources, directory));
    }
    return new Toolchain(client, directory);
  }

  private static void copy(Path file, Path from, Path to) {
    try {
      Path target = to.resolve(from.relativize(file));
      Files.createDirectories(target.getParent());
      Files.deleteIfExists(target);
      Files.copy(file, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Skips the test unless the tool is installed, in this version or a later one. */
  Toolchain needs(String min, String... versionCommand) throws InterruptedException {
    String tool = versionCommand[0];
    Optional<String> found = versionOf(versionCommand);
    if (found.isEmpty()) {
      skip(tool + " " + min + " or later is missing");
    } else if (Version.parse(found.get()).compareTo(Version.parse(min)) < 0) {
      skip(tool + " " + found.get() + " is older than " + min);
    }
    return this;
  }

  private Optional<String> versionOf(String... command) throws InterruptedException {
    try {
      Program program = run("version.log", Duration.ofMinutes(1), Map.of(), command);
      Matcher matcher = VERSION.matcher(program.output());
      return program.succeeded() && matcher.find()
          ? Optional.of(matcher.group())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Skips the test unless this command of a tool succeeds. */
  Toolchain needsToSucceed(String what, String... command)
      throws IOException, InterruptedException {
    if (!run("check.log", Duration.ofMinutes(1), Map.of(), command).succeeded()) {
      skip(what + " is missing");
    }
    return this;
  }

  /** Installs the packages; skips the test when their registry cannot be reached. */
  Toolchain installs(String... command) throws IOException, InterruptedException {
    Program program = run("install.log", INSTALL_TIMEOUT, Map.of(), command);
    if (!program.succeeded() && UNREACHABLE.matcher(program.output()).find()) {
      skip("its packages cannot be fetched: " + String.join(" ", command) + " has no network");
    }
    assertThat(program.exitCode()).as(program.output()).isZero();
    return this;
  }

  /** Runs the client; unless it exits with 0, the test fails and shows its output. */
  void runs(Duration limit, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Program program = run("program.log", limit, environment, command);
    assertThat(program.exitCode()).as(program.output()).isZero();
    System.out.printf(
        "e2e: the %s client: %d steps%n",
        client, program.output().lines().filter(line -> line.startsWith("ok ")).count());
  }

  private Program run(
      String log, Duration limit, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    return Program.run(directory, environment, directory.resolve(log), limit, command);
  }

  private void skip(String reason) {
    String line = "e2e: the " + client + " client is skipped: " + reason;
    System.out.println(line);
    abort(line);
  }
}
