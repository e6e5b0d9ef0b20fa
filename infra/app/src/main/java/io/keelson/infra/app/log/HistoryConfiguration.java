package io.keelson.infra.app.log;

import io.keelson.adapters.rest.history.StreamLimits;
import io.keelson.commands.log.EventLog;
import io.keelson.projections.log.AuditTable;
import io.keelson.projections.log.LogProjection;
import io.keelson.projections.log.LogTables;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** The read models of history and audit, written by a follower of the log. */
@Configuration(proxyBeanMethods = false)
class HistoryConfiguration {

  @Bean
  LogProjection logProjection(
      DataSource dataSource, PlatformTransactionManager transactions, EventLog log) {
    return new LogProjection(dataSource, transactions, log);
  }

  @Bean
  LogTables history(DataSource dataSource, EventLog log) {
    return new LogTables(dataSource, log);
  }

  @Bean
  AuditTable audit(DataSource dataSource) {
    return new AuditTable(dataSource);
  }

  @Bean
  StreamLimits streamLimits() {
    return StreamLimits.DEFAULT;
  }
}
