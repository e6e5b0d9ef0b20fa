package io.keelson.infra.app;

import io.keelson.infra.embedded.StartRefused;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.exception.FlywayValidateException;

/**
 * Brings the database's schemas to what this program knows, each with a history of its own. Several
 * instances may do so at once. It must never go on with a schema from a newer program.
 */
final class Migrations {

  static final List<String> SCHEMAS = List.of("eventstore", "readmodel", "simulator", "kafka");

  private final String url;
  private final String username;
  private final String password;

  Migrations(String url, String username, String password) {
    this.url = url;
    this.username = username;
    this.password = password;
  }

  void run() {
    SCHEMAS.forEach(this::migrate);
  }

  private void migrate(String schema) {
    // Connections of its own: what the pool allows a statement is too little for a migration.
    Flyway flyway =
        Flyway.configure()
            .dataSource(url, username, password)
            .schemas(schema)
            .defaultSchema(schema)
            .locations("classpath:db/" + schema)
            .ignoreMigrationPatterns(new String[0]) // by default it goes on with newer ones
            .load();
    try {
      flyway.migrate();
    } catch (FlywayValidateException e) {
      newest(flyway).ifPresent(version -> refuse(schema, version, e));
      throw e;
    }
  }

  /** The newest version of those that this program does not know, if there is one. */
  private static Optional<MigrationVersion> newest(Flyway flyway) {
    return Arrays.stream(flyway.info().all())
        .filter(migration -> isFromTheFuture(migration.getState()))
        .map(MigrationInfo::getVersion)
        .max(MigrationVersion::compareTo);
  }

  private static void refuse(String schema, MigrationVersion version, Exception cause) {
    throw new StartRefused(
        "the schema %s of the database is at version %s, which is newer than this program: start the newer Keelson that made it"
            .formatted(schema, version),
        cause);
  }

  private static boolean isFromTheFuture(MigrationState state) {
    return state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED;
  }
}
