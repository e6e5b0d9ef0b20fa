package io.keelson.adapters.provisioning;

import io.keelson.commands.OperationId;
import io.keelson.commands.operation.ProgressReports;
import io.keelson.commands.operation.RequestProgress;
import io.keelson.commands.operation.Target;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;

/** Reads the levels of open requests. It never writes. */
public final class ProvisioningProgress implements ProgressReports {

  private final RequestLevels levels;
  private final Clock clock;

  public ProvisioningProgress(DataSource dataSource, Clock clock) {
    this.levels = new RequestLevels(dataSource);
    this.clock = clock;
  }

  @Override
  public Map<Target, RequestProgress> of(OperationId operation) {
    return levels.of(operation, clock.instant());
  }
}
