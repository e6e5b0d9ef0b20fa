package io.keelson.infra.app.store;

import io.keelson.infra.app.processor.Processors;
import io.keelson.infra.embedded.StartRefused;
import io.keelson.infra.eventstore.PostgresEventStore;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Refuses the start when a part is wired that would silently lose or repeat events. Axon falls back
 * to stores in memory, to no transactions and to XStream wherever no other part is named.
 */
@Component
final class WiringCheck implements SmartInitializingSingleton {

  /** With one upsert for each event a rebuild takes five times as long. */
  private static final int MIN_PROJECTION_BATCH = 200;

  private final EventStore events;
  private final TokenStore tokens;
  private final TransactionManager transactions;
  private final Processors processors;
  private final DataSource dataSource;

  WiringCheck(
      EventStore events,
      TokenStore tokens,
      TransactionManager transactions,
      Processors processors,
      DataSource dataSource) {
    this.events = events;
    this.tokens = tokens;
    this.transactions = transactions;
    this.processors = processors;
    this.dataSource = dataSource;
  }

  @Override
  public void afterSingletonsInstantiated() {
    List<String> wrong = new ArrayList<>();
    if (!(events instanceof PostgresEventStore)) {
      wrong.add("the event store is " + events.getClass().getName());
    }
    if (!(tokens instanceof JdbcTokenStore)) {
      wrong.add("the token store is " + tokens.getClass().getName());
    }
    if (!(transactions instanceof SpringTransactionManager)) {
      wrong.add("the transaction manager is " + transactions.getClass().getName());
    }
    if (!Boolean.getBoolean("axoniq.update-checker.disabled")) {
      wrong.add("the update checker of Axon is on");
    }
    if (isPresent("com.thoughtworks.xstream.XStream")) {
      wrong.add("XStream is on the class path");
    }
    processors.batchSizesOfProjections().stream()
        .filter(size -> size < MIN_PROJECTION_BATCH)
        .forEach(size -> wrong.add("a projection has a batch size of " + size));
    wrong.addAll(settings());
    if (!wrong.isEmpty()) {
      throw new StartRefused("wired wrongly: " + String.join("; ", wrong));
    }
  }

  /** Settings of PostgreSQL without which events are not durable or the tail can stall. */
  private List<String> settings() {
    JdbcTemplate sql = new JdbcTemplate(dataSource);
    List<String> wrong = new ArrayList<>();
    for (String off : List.of("statement_timeout", "idle_in_transaction_session_timeout")) {
      if ("0".equals(show(sql, off))) {
        wrong.add("PostgreSQL's " + off + " is off");
      }
    }
    for (String on : List.of("fsync", "synchronous_commit")) {
      if ("off".equals(show(sql, on))) {
        wrong.add("PostgreSQL's " + on + " is off");
      }
    }
    return wrong;
  }

  private static String show(JdbcTemplate sql, String setting) {
    return String.valueOf(sql.queryForObject("show " + setting, String.class));
  }

  private static boolean isPresent(String className) {
    try {
      Class.forName(className, false, WiringCheck.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
