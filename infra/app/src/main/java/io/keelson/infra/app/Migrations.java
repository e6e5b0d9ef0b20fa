package io.keelson.infra.app;

import io.keelson.infra.embedded.StartRefused;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Brings the database's schemas to what this program knows, each with a history of its own. Several
 * instances may do so at once. It must never go on with a schema from a newer program.
 */
final class Migrations {

  static final List<String> SCHEMAS = List.of("eventstore", "readmodel", "simulator");

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
            .load();
    refuseNewer(schema, flyway);
    flyway.migrate();
  }

  private static void refuseNewer(String schema, Flyway flyway) {
    Arrays.stream(flyway.info().all())
        .filter(migration -> isFromTheFuture(migration.getState()))
        .map(MigrationInfo::getVersion)
        .max(MigrationVersion::compareTo)
        .ifPresent(
            newest -> {
              throw new StartRefused(
                  "the schema %s of the database is at version %s, which is newer than this program: start the newer Keelson that made it"
                      .formatted(schema, newest));
            });
  }

  private static boolean isFromTheFuture(MigrationState state) {
    return state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED;
  }
}
