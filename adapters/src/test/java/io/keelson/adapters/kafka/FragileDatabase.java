package io.keelson.adapters.kafka;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database that can go away and come back. */
final class FragileDatabase extends DelegatingDataSource {

  private volatile boolean gone;

  FragileDatabase(DataSource database) {
    super(database);
  }

  void goesAway() {
    gone = true;
  }

  void comesBack() {
    gone = false;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (gone) {
      throw new SQLTransientConnectionException("the database is gone");
    }
    return super.getConnection();
  }
}
