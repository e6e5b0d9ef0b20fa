package io.keelson.infra.app.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.keelson.commands.Command;
import io.keelson.infra.eventstore.codec.EventCodec;
import io.keelson.infra.eventstore.decider.DeciderHost;
import io.keelson.infra.eventstore.store.PostgresEventStorageEngine;
import io.keelson.infra.eventstore.store.PostgresEventStore;
import io.keelson.infra.eventstore.tail.Tail;
import io.keelson.infra.testing.TestPostgres;
import io.keelson.sagas.AllProcesses;
import io.keelson.sagas.operation.OperationRules;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.junit.jupiter.api.Test;

class DecidersTest {

  @Test
  void every_command_of_the_contract_has_a_home() {
    List<String> contract =
        new ClassFileImporter()
            .importPackages("io.keelson.commands").stream()
                .filter(c -> c.isAssignableTo(Command.class) && !c.isInterface())
                .map(JavaClass::getName)
                .toList();
    DataSource database = TestPostgres.database("eventstore");
    try (Tail tail = Tail.follow(database, Clock.systemUTC())) {
      PostgresEventStore events =
          new PostgresEventStore(
              new PostgresEventStorageEngine(database, new EventCodec(), new ClusterNames(), tail),
              tail,
              Clock.systemUTC());
      DeciderHost host = new DeciderHost(SimpleCommandBus.builder().build(), events, 0);
      List<String> routed =
          Deciders.all(AllProcesses.registered(), OperationRules.DEFAULT).stream()
              .flatMap(decider -> host.add(decider).stream())
              .map(Class::getName)
              .toList();
      assertThat(routed).hasSameElementsAs(contract);
    }
  }
}
