package io.keelson.infra.app.processor;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.keelson.adapters.provisioning.ObserverPace;
import io.keelson.adapters.provisioning.ProvisioningReactor;
import io.keelson.commands.Commands;
import io.keelson.infra.eventstore.Instances;
import io.keelson.infra.eventstore.PostgresEventStore;
import io.keelson.infra.eventstore.Tail;
import io.keelson.projections.access.AccessTables;
import io.keelson.projections.access.ApiKeysProjection;
import io.keelson.projections.release.CatalogueProjection;
import io.keelson.projections.release.ReleaseTable;
import io.keelson.projections.status.StatusProjection;
import io.keelson.projections.status.StatusTables;
import io.keelson.sagas.operation.ProcessReactor;
import io.keelson.sagas.operation.Timers;
import java.time.Clock;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The event processors: three projections and two reactors, each with a processor of its own. */
@Configuration(proxyBeanMethods = false)
class ProcessorConfiguration {

  @Bean
  StatusTables statuses(DataSource dataSource) {
    return new StatusTables(dataSource);
  }

  @Bean
  ReleaseTable catalogue(DataSource dataSource) {
    return new ReleaseTable(dataSource);
  }

  @Bean
  AccessTables apiKeys(DataSource dataSource) {
    return new AccessTables(dataSource);
  }

  @Bean
  Processors processors(
      PostgresEventStore events,
      TokenStore tokens,
      TransactionManager transactions,
      DataSource dataSource,
      Clock clock,
      Tail tail,
      Instances instances,
      StatusTables statuses,
      ReleaseTable catalogue,
      AccessTables apiKeys,
      Commands commands,
      Timers timers,
      Scheduler scheduler,
      ObserverPace pace) {
    return new Processors(
            events, tokens, transactions, dataSource, clock, instances, () -> tail.health().moves())
        .projection(new StatusProjection(statuses))
        .projection(new CatalogueProjection(catalogue))
        .projection(new ApiKeysProjection(apiKeys))
        .reactor(new ProcessReactor(commands, timers))
        .reactor(
            new ProvisioningReactor(
                scheduler, clock, pace, scheduler::triggerCheckForDueExecutions));
  }
}
