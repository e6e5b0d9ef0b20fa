package io.keelson.adapters.provisioning;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database that can go away and come back. */
final class FragileDatabase extends DelegatingDataSource {

  private final AtomicInteger refusals = new AtomicInteger();
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

  boolean isGone() {
    return gone;
  }

  /** How many connections were refused to virtual threads, which observe clusters. */
  int refusals() {
    return refusals.get();
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (gone) {
      if (Thread.currentThread().isVirtual()) {
        refusals.incrementAndGet();
      }
      throw new SQLTransientConnectionException("the database is gone");
    }
    return super.getConnection();
  }
}
