package io.keelson.infra.app.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.keelson.adapters.kafka.IntakeRules;
import io.keelson.adapters.kafka.KafkaAccess;
import io.keelson.adapters.kafka.KafkaBus;
import io.keelson.adapters.kafka.KafkaIntake;
import io.keelson.adapters.kafka.Topics;
import io.keelson.commands.ClusterId;
import io.keelson.commands.JointCommands;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.Origin;
import io.keelson.commands.PoolId;
import io.keelson.commands.node.NodeAttributes;
import io.keelson.commands.node.NodeCommand.RecordNodeObserved;
import io.keelson.infra.eventstore.codec.EventCodec;
import io.keelson.infra.eventstore.store.PostgresEventStorageEngine;
import io.keelson.infra.eventstore.store.PostgresEventStore;
import io.keelson.infra.eventstore.tail.Tail;
import io.keelson.infra.testing.TestKafka;
import io.keelson.infra.testing.TestPostgres;
import io.keelson.projections.status.StatusTables;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** From a Kafka record to an event in the store, through all parts in between. */
@Timeout(600)
class IntakeTest {

  private static final NodeId NODE = new NodeId(UUID.randomUUID());

  private final HikariDataSource database = new HikariDataSource();
  private final EventStoreConfiguration configuration = new EventStoreConfiguration();
  private final KafkaAccess access = new KafkaAccess(TestKafka.bootstrapServers(), Map.of());
  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", TestKafka.bootstrapServers()),
          new StringSerializer(),
          new ByteArraySerializer());
  private Tail tail;
  private KafkaBus bus;
  private JdbcTemplate sql;

  @BeforeEach
  void start() {
    database.setDataSource(TestPostgres.database("eventstore", "readmodel", "kafka"));
    sql = new JdbcTemplate(database);
    tail = Tail.follow(database, Clock.systemUTC());
    PostgresEventStorageEngine engine =
        new PostgresEventStorageEngine(database, new EventCodec(), new ClusterNames(), tail);
    JointCommands commands =
        configuration.commands(
            configuration.commandBus(
                new SpringTransactionManager(new DataSourceTransactionManager(database))),
            new PostgresEventStore(engine, tail, Clock.systemUTC()),
            configuration.processes(),
            100);
    commands.send(
        new RecordNodeObserved(
            NODE,
            new ClusterId(UUID.randomUUID()),
            new PoolId(UUID.randomUUID()),
            new NodeAttributes(
                "one",
                KubernetesVersion.of("1.35.3"),
                NodePhase.READY,
                "",
                Map.of("Ready", "True"),
                "",
                "boot-1")),
        Origin.system("test", Origin.SYSTEM, "test"));
    KafkaIntake intake =
        new KafkaIntake(
            access,
            commands,
            new StatusTables(database),
            database,
            new IntakeRules(true, Map.of()),
            Clock.systemUTC());
    bus = new KafkaBus(new Topics(access), true, intake, Clock.systemUTC());
    bus.start();
  }

  @AfterEach
  void stop() {
    bus.stop();
    producer.close();
    tail.close();
    database.close();
  }

  private void report(String id, String sequence, NodeId node) throws Exception {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            "keelson.intake",
            node.toString(),
            "{\"node_id\":\"%s\",\"condition\":\"Ready\",\"status\":\"False\"}"
                .formatted(node)
                .getBytes(UTF_8));
    Map.of(
            "ce_specversion", "1.0",
            "ce_id", id,
            "ce_source", "/monitor",
            "ce_type", "io.keelson.node.condition-reported",
            "ce_subject", node.toString(),
            "ce_sequence", sequence,
            "ce_time", "2026-07-03T12:00:00Z",
            "content-type", "application/json")
        .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
    producer.send(record).get();
  }

  @Test
  void a_reported_observation_of_a_node_becomes_its_event_once() throws Exception {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> !producer.partitionsFor("keelson.intake").isEmpty());
    report("5", "5", NODE);
    report("5", "5", NODE);
    report("4", "4", NODE);
    NodeId nobody = new NodeId(UUID.randomUUID());
    report("6", "6", nobody);

    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(
                        sql.queryForList(
                            "select event_id || ' ' || outcome from kafka.receipt order by 1",
                            String.class))
                    .containsExactly("4 late", "5 applied", "6 quarantined"));
    List<Map<String, @Nullable Object>> events =
        sql.queryForList(
            """
            select type, convert_from(metadata, 'UTF8') as metadata from eventstore.event
            where stream = ? order by version
            """,
            NODE.value());
    assertThat(events)
        .extracting(event -> event.get("type"))
        .containsExactly("node.created", "node.condition-reported", "node.condition-reported-late");
    assertThat(String.valueOf(events.get(1).get("metadata")))
        .contains("producer:local")
        .contains("/monitor")
        .contains("2026-07-03T12:00:00Z");
    assertThat(sql.queryForObject("select count(*) from kafka.duplicate", Long.class)).isEqualTo(1);
    assertThat(
            sql.queryForObject(
                "select stream_version from kafka.receipt where event_id = '5'", Long.class))
        .isEqualTo(1);
  }
}
