package io.keelson.infra.embedded;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.keelson.infra.embedded.PostgresBinaries.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The database directory and its password. The directory is made completely or not at all, and must
 * never be deleted once it holds data.
 */
final class PostgresData {

  static final String USER = "keelson";
  static final String DATABASE = "keelson";

  private static final String UNFINISHED = "postgres.new";

  /** Only the owner of the database may log in, not the superuser: it has all rights it needs. */
  private static final String CLIENT_AUTHENTICATION =
      "host %s %s %s/32 scram-sha-256\n".formatted(DATABASE, USER, ServerPort.HOST);

  private final PostgresBinaries binaries;
  private final Path data;
  private final Path passwordFile;

  PostgresData(Path directory, PostgresBinaries binaries) {
    this.binaries = binaries;
    this.data = directory.resolve("postgres");
    this.passwordFile = directory.resolve("postgres.password");
  }

  Path path() {
    return data;
  }

  boolean isMade() {
    return Files.exists(data);
  }

  boolean passwordIsKnown() {
    return Files.exists(passwordFile);
  }

  String password() {
    try {
      return Files.readString(passwordFile).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  StartRefused wrongPassword() {
    return new StartRefused(
        passwordFile
            + " does not hold the password of the embedded PostgreSQL: delete it, and the next"
            + " start sets a new one");
  }

  /**
   * Checks that this user and this version can use the directory; it may be missing.
   *
   * @throws StartRefused when a person has to decide what to do with it
   */
  void check() throws IOException {
    if (!isMade()) {
      return;
    }
    if (FileOwner.of(data) != FileOwner.current()) {
      throw new StartRefused(
          "%s belongs to another user: start as that user, or set KEELSON_DATA_DIR to another directory"
              .formatted(data));
    }
    String found = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!found.equals(PostgresBinaries.MAJOR)) {
      throw new StartRefused(
          "%s was made by PostgreSQL %s, and this program contains %s: migrate the data with PostgreSQL's own tools, or set KEELSON_DATA_DIR to another directory"
              .formatted(data, found, PostgresBinaries.MAJOR));
    }
  }

  /** Makes the directory, its user and its database. */
  void make() throws IOException, InterruptedException {
    if (!passwordIsKnown()) {
      PrivateFile.write(passwordFile, newPassword());
    }
    clearLeftovers();
    // Not a fixed name: processes of a killed run may still write to their directory.
    Path next = Files.createTempDirectory(data.resolveSibling("."), UNFINISHED);
    Outcome made =
        binaries.run(
            "initdb",
            "--pgdata=" + next,
            "--username=postgres",
            "--auth=trust", // until the next statement
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--no-instructions");
    if (made.failed()) {
      throw new IOException("initdb failed: " + made.output());
    }
    Files.writeString(next.resolve("pg_hba.conf"), CLIENT_AUTHENTICATION);
    execute(
        next,
        "create role %s login password '%s'".formatted(USER, password()),
        "create database %s owner %s".formatted(DATABASE, USER));
    Files.move(next, data, ATOMIC_MOVE);
  }

  private void clearLeftovers() throws IOException {
    try (var leftovers = Files.newDirectoryStream(data.resolveSibling("."), UNFINISHED + "*")) {
      leftovers.forEach(Trees::tryToDelete);
    }
  }

  /** Replaces a lost password; the server must not be running. */
  void renewPassword() throws IOException, InterruptedException {
    String password = newPassword();
    execute(data, "alter role %s password '%s'".formatted(USER, password));
    PrivateFile.write(passwordFile, password);
  }

  /** Executes statements without a server. */
  private void execute(Path where, String... statements) throws IOException, InterruptedException {
    Outcome done =
        binaries.runWithInput(
            String.join("\n", statements) + "\n",
            "postgres",
            "--single",
            "-D",
            where.toString(),
            "postgres");
    if (done.failed() || done.output().contains("ERROR:")) {
      // Without the output: it quotes the statement, which contains the password.
      throw new IOException("PostgreSQL's single-user mode failed in " + where);
    }
  }

  private static String newPassword() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
