package io.keelson.infra.app.database;

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
 * Migrates the schemas of the database, each with a history of its own, to the version that this
 * program knows. Several instances may run it at the same time. It must never accept a schema of a
 * newer program.
 */
final class Migrations {

  static final List<String> SCHEMAS =
      List.of("eventstore", "secrets", "readmodel", "provisioning", "simulator", "kafka");

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
    // Own connections: the statement timeout of the pool is too short for a migration.
    Flyway flyway =
        Flyway.configure()
            .dataSource(url, username, password)
            .schemas(schema)
            .defaultSchema(schema)
            .locations("classpath:db/" + schema)
            .ignoreMigrationPatterns(new String[0]) // by default Flyway ignores newer migrations
            .load();
    try {
      flyway.migrate();
    } catch (FlywayValidateException e) {
      newest(flyway).ifPresent(version -> refuseStart(schema, version, e));
      throw e;
    }
  }

  /** The newest migration in the database that this program does not know. */
  private static Optional<MigrationVersion> newest(Flyway flyway) {
    return Arrays.stream(flyway.info().all())
        .filter(migration -> isUnknown(migration.getState()))
        .map(MigrationInfo::getVersion)
        .max(MigrationVersion::compareTo);
  }

  private static void refuseStart(String schema, MigrationVersion version, Exception cause) {
    throw new StartRefused(
        "the schema %s of the database is at version %s, which is newer than this program: start the newer Keelson that made it"
            .formatted(schema, version),
        cause);
  }

  private static boolean isUnknown(MigrationState state) {
    return state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED;
  }
}
