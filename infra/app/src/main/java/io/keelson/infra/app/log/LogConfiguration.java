package io.keelson.infra.app.log;

import io.keelson.commands.log.LogFollower;
import io.keelson.infra.app.database.UnpooledConnections;
import io.keelson.infra.eventstore.Ledger;
import io.keelson.infra.eventstore.Tail;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The log of all events and its followers: all beans of the type {@link LogFollower}. */
@Configuration(proxyBeanMethods = false)
class LogConfiguration {

  @Bean
  Ledger eventLog(Tail tail, UnpooledConnections connections, DataSource dataSource, Clock clock) {
    return Ledger.follow(tail, connections.dataSource(), dataSource, clock);
  }

  @Bean
  LogFollowers logFollowers(
      ObjectProvider<LogFollower> followers,
      Ledger ledger,
      UnpooledConnections connections,
      Clock clock) {
    return new LogFollowers(followers.stream().toList(), ledger, connections.dataSource(), clock);
  }
}
