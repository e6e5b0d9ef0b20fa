package io.keelson.adapters.provisioning;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.keelson.infra.testing.TestPostgres;
import javax.sql.DataSource;

/** A fresh test database behind a small pool, for tests that ask often. */
public final class PooledDatabase {

  private PooledDatabase() {}

  public static DataSource of(String... schemas) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(TestPostgres.database(schemas));
    config.setMaximumPoolSize(10);
    config.setMinimumIdle(0);
    return new HikariDataSource(config);
  }
}
