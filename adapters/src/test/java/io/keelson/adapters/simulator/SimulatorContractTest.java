package io.keelson.adapters.simulator;

import io.keelson.adapters.provisioning.PooledDatabase;
import io.keelson.adapters.provisioning.ProvisioningContract;
import io.keelson.adapters.provisioning.SettableClock;
import io.keelson.commands.provisioning.Provisioning;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.postgresql.ds.PGSimpleDataSource;

class SimulatorContractTest extends ProvisioningContract {

  private static final DataSource DATABASE = PooledDatabase.of("simulator");

  private final SettableClock clock = new SettableClock();
  private final Simulator simulator = new Simulator(DATABASE, clock);

  @AfterEach
  void close() {
    simulator.close();
  }

  @Override
  protected Provisioning provisioning() {
    return simulator;
  }

  @Override
  protected Provisioning outOfReach() {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setServerNames(new String[] {"localhost"});
    nowhere.setPortNumbers(new int[] {1});
    return new Simulator(nowhere, clock);
  }

  @Override
  protected void letTimePass() {
    clock.advance(Duration.ofMillis(25));
  }
}
