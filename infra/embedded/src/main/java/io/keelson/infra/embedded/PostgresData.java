package io.keelson.infra.embedded;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.keelson.infra.embedded.PostgresBinaries.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The database directory and the password that opens it. Made once, as a whole: killed in the
 * middle, the next start begins anew. What holds data is never deleted.
 */
final class PostgresData {

  static final String USER = "keelson";
  static final String DATABASE = "keelson";

  /** The superuser cannot log in at all: the owner of the database has all rights that it needs. */
  private static final String ONE_WAY_IN =
      "host %s %s 127.0.0.1/32 scram-sha-256\n".formatted(DATABASE, USER);

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

  Path passwordFile() {
    return passwordFile;
  }

  /**
   * Refuses a directory that this user or this version cannot use; a missing one is fine.
   *
   * @throws StartRefused when somebody has to decide what to do with it
   */
  void check() throws IOException {
    if (Files.notExists(data)) {
      return;
    }
    if (FileOwner.of(data) != FileOwner.current()) {
      throw new StartRefused(
          data
              + " belongs to another user: start Keelson as that user, or set KEELSON_DATA_DIR to"
              + " another directory");
    }
    String found = Files.readString(data.resolve("PG_VERSION")).strip();
    String ours = PostgresBinaries.major(PostgresBinaries.VERSION);
    if (!found.equals(ours)) {
      throw new StartRefused(
          "%s was made by PostgreSQL %s, and Keelson brings PostgreSQL %s: move the data with pg_dump, or set KEELSON_DATA_DIR to another directory"
              .formatted(data, found, ours));
    }
  }

  boolean isMade() {
    return Files.exists(data);
  }

  boolean passwordIsKnown() {
    return Files.exists(passwordFile);
  }

  String password() throws IOException {
    return Files.readString(passwordFile).strip();
  }

  /** Makes the directory, its user and its database. */
  void make() throws IOException, InterruptedException {
    if (!passwordIsKnown()) {
      PrivateFile.write(passwordFile, newPassword());
    }
    Path next = data.resolveSibling("postgres.new");
    PostgresBinaries.deleteTree(next);
    Outcome made =
        binaries.run(
            null,
            "initdb",
            "--pgdata=" + next,
            "--username=postgres",
            "--auth=trust", // for the moment: see below
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--no-instructions");
    if (made.failed()) {
      throw new IOException("initdb failed: " + made.said());
    }
    Files.writeString(next.resolve("pg_hba.conf"), ONE_WAY_IN);
    single(
        next,
        "create role %s login password '%s'\n".formatted(USER, password())
            + "create database %s owner %s\n".formatted(DATABASE, USER));
    Files.move(next, data, ATOMIC_MOVE);
  }

  /** For a lost password; the server must not be running. */
  void renewPassword() throws IOException, InterruptedException {
    String password = newPassword();
    single(data, "alter role %s password '%s'\n".formatted(USER, password));
    PrivateFile.write(passwordFile, password);
  }

  /** Statements without a server, one a line. */
  private void single(Path where, String statements) throws IOException, InterruptedException {
    Outcome done =
        binaries.run(statements, "postgres", "--single", "-D", where.toString(), "postgres");
    if (done.failed() || done.said().contains("ERROR:")) {
      throw new IOException("PostgreSQL's single-user mode failed in " + where);
    }
  }

  private static String newPassword() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
