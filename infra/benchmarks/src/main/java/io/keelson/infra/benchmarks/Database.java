package io.keelson.infra.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.keelson.infra.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A PostgreSQL of its own, as durable as a real one, with pools like those of the program. */
final class Database implements AutoCloseable {

  private static final int POOL_SIZE = 40;

  private static final String STOCK = "stock";

  private final EmbeddedPostgres server;

  Database(Path directory) {
    this.server = EmbeddedPostgres.start(directory, 0);
  }

  /** Makes all schemas anew and empty: ours by migration, and one for the stock engine. */
  void empty() {
    JdbcTemplate sql = new JdbcTemplate(plain());
    for (String schema : List.of("eventstore", "readmodel", "kafka", STOCK)) {
      sql.execute("drop schema if exists " + schema + " cascade");
    }
    for (String schema : List.of("eventstore", "readmodel", "kafka")) {
      Flyway.configure()
          .dataSource(url(), server.username(), server.password())
          .schemas(schema)
          .defaultSchema(schema)
          .locations("classpath:db/" + schema)
          .load()
          .migrate();
    }
    sql.execute("create schema " + STOCK);
  }

  private String url() {
    return server.jdbcUrl() + "?reWriteBatchedInserts=true";
  }

  HikariDataSource pool() {
    return pool(url());
  }

  /** A pool whose tables are those of the stock engine. */
  HikariDataSource stockPool() {
    return pool(url() + "&currentSchema=" + STOCK);
  }

  private HikariDataSource pool(String url) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(url);
    pool.setUsername(server.username());
    pool.setPassword(server.password());
    pool.setMaximumPoolSize(POOL_SIZE);
    pool.setConnectionInitSql(
        "set statement_timeout = '6s'; set idle_in_transaction_session_timeout = '10s'");
    return pool;
  }

  /** A data source without a pool. */
  DriverManagerDataSource plain() {
    return new DriverManagerDataSource(url(), server.username(), server.password());
  }

  @Override
  public void close() {
    server.stop();
  }
}
