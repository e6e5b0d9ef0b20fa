package io.keelson.adapters.provisioning;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database that counts its connections: outside a transaction there is one for each query. */
final class CountingDatabase extends DelegatingDataSource {

  private final AtomicInteger connections = new AtomicInteger();

  CountingDatabase(DataSource database) {
    super(database);
  }

  int connections() {
    return connections.get();
  }

  @Override
  public Connection getConnection() throws SQLException {
    connections.incrementAndGet();
    return super.getConnection();
  }
}
