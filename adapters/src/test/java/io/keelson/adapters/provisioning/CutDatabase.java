package io.keelson.adapters.provisioning;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database that cuts one thread off once, at the very place where a test wants it. */
final class CutDatabase extends DelegatingDataSource {

  private final AtomicReference<@Nullable Thread> cut = new AtomicReference<>();

  CutDatabase(DataSource database) {
    super(database);
  }

  /** The next connection of the calling thread fails. */
  void cutsOff() {
    cut.set(Thread.currentThread());
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (cut.compareAndSet(Thread.currentThread(), null)) {
      throw new SQLTransientConnectionException("cut off");
    }
    return super.getConnection();
  }
}
