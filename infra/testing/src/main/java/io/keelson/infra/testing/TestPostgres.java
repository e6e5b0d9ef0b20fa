package io.keelson.infra.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * One PostgreSQL 18 server for the whole test JVM: a container where a container engine runs, else
 * an embedded server. Each test gets a new database of its own.
 */
public final class TestPostgres {

  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
  private static final AtomicInteger NEXT = new AtomicInteger();

  private TestPostgres() {}

  /**
   * A new database, migrated with the migrations of each schema ({@code db/<schema>} on the class
   * path). It has no pool: each connection is a new one.
   */
  public static PGSimpleDataSource database(String... schemas) {
    String name = "test_" + NEXT.incrementAndGet();
    new JdbcTemplate(Server.INSTANCE.open("postgres")).execute("create database " + name);
    PGSimpleDataSource database = Server.INSTANCE.open(name);
    for (String schema : schemas) {
      Flyway.configure()
          .dataSource(database)
          .schemas(schema)
          .defaultSchema(schema)
          .locations("classpath:db/" + schema)
          .load()
          .migrate();
    }
    return database;
  }

  private record Server(String host, int port, String user, String password) {

    static final Server INSTANCE = start();

    private static Server start() {
      if (DockerClientFactory.instance().isDockerAvailable()) {
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:18");
        container.start();
        return new Server(
            container.getHost(),
            container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
            container.getUsername(),
            container.getPassword());
      }
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "200")
                .setPGStartupWait(START_TIMEOUT)
                .start();
        return new Server("localhost", server.getPort(), "postgres", "postgres");
      } catch (IOException e) {
        throw new UncheckedIOException("no PostgreSQL could be started for the tests", e);
      }
    }

    PGSimpleDataSource open(String database) {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setServerNames(new String[] {host});
      source.setPortNumbers(new int[] {port});
      source.setDatabaseName(database);
      source.setUser(user);
      source.setPassword(password);
      source.setReWriteBatchedInserts(true);
      return source;
    }
  }
}
