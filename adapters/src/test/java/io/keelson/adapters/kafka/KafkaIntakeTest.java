package io.keelson.adapters.kafka;

import static io.keelson.adapters.kafka.EffectTable.NODE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.adapters.kafka.IntakeRules.Allowance;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.OrganizationId;
import io.keelson.infra.testing.TestKafka;
import io.keelson.infra.testing.TestPostgres;
import io.keelson.projections.status.KnownNodes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;

/** The intake of events, with a real broker and a real database, and with failures of both. */
@Timeout(600)
class KafkaIntakeTest {

  private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(1, 1));
  private static final String PROVIDER_ID = "scaleway://instance/fr-par-1/1";
  private static final String TYPE = "io.keelson.node.condition-reported";

  private final FragileDatabase database = new FragileDatabase(TestPostgres.database("kafka"));
  private final JdbcTemplate sql = new JdbcTemplate(database);
  private final EffectTable commands = new EffectTable(database);
  private final String name = UUID.randomUUID().toString();
  private final TopicNames names = new TopicNames("events-" + name, "intake-" + name);
  private final Topic topic = new Topic(TestKafka.bootstrapServers(), names.intake());
  private final List<KafkaIntake> started = new ArrayList<>();
  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", TestKafka.bootstrapServers()),
          new StringSerializer(),
          new ByteArraySerializer());

  private static final KnownNodes NODES =
      new KnownNodes() {
        @Override
        public Optional<KnownNode> node(NodeId node) {
          return node.equals(NODE) ? known() : Optional.empty();
        }

        @Override
        public Optional<KnownNode> node(String providerId) {
          return providerId.equals(PROVIDER_ID) ? known() : Optional.empty();
        }

        private static Optional<KnownNode> known() {
          return Optional.of(new KnownNode(NODE, new ClusterId(new UUID(3, 1)), ORGANIZATION));
        }
      };

  @BeforeEach
  void make() throws Exception {
    EffectTable.make(database);
    topic.make(4, Map.of());
  }

  @AfterEach
  void stop() {
    database.comesBack();
    started.forEach(KafkaIntake::stop);
    producer.close();
  }

  private KafkaIntake start(EffectTable effects) {
    return start(effects, "group-" + name);
  }

  private KafkaIntake start(EffectTable effects, String group) {
    IntakeRules rules =
        new IntakeRules(
            true,
            Map.of(
                "monitor",
                new Allowance(List.of("/monitor"), List.of(TYPE), List.of("nobody")),
                "colleague",
                new Allowance(
                    List.of("/colleague"), List.of("*"), List.of(ORGANIZATION.toString()))));
    KafkaIntake intake =
        new KafkaIntake(
            new KafkaAccess(TestKafka.bootstrapServers(), Map.of()),
            effects,
            NODES,
            database,
            rules,
            Clock.systemUTC(),
            names,
            group);
    started.add(intake);
    intake.start();
    return intake;
  }

  private record Told(
      String topic, @Nullable Integer partition, RecordHeaders headers, String data) {

    Told in(String other) {
      return new Told(other, partition, headers, data);
    }

    Told at(int place) {
      return new Told(topic, place, headers, data);
    }

    Told data(String other) {
      return new Told(topic, partition, headers, other);
    }

    Told with(String attribute, String value) {
      RecordHeaders changed = new RecordHeaders(headers);
      changed.remove(attribute).add(attribute, value.getBytes(UTF_8));
      return new Told(topic, partition, changed, data);
    }
  }

  private Told told(String id) {
    Told bare =
        new Told(
            names.intake(),
            0,
            new RecordHeaders(),
            "{\"node_id\":\"%s\",\"condition\":\"Ready\",\"status\":\"False\",\"message\":\"%s\"}"
                .formatted(NODE, id));
    return bare.with("ce_specversion", "1.0")
        .with("ce_id", id)
        .with("ce_source", "/monitor")
        .with("ce_type", TYPE)
        .with("content-type", "application/json");
  }

  private void tell(Told... all) throws Exception {
    for (Told told : all) {
      producer
          .send(
              new ProducerRecord<>(
                  told.topic(),
                  told.partition(),
                  null,
                  "key",
                  told.data().getBytes(UTF_8),
                  told.headers()))
          .get();
    }
  }

  private void awaitTaken(long records) {
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(
                        sql.queryForObject(
                            "select coalesce(sum(next_offset), 0) from kafka.intake_offset",
                            Long.class))
                    .isEqualTo(records));
  }

  private List<String> outcomes() {
    return sql
        .queryForList(
            "select event_id || ' ' || outcome as line from kafka.receipt order by event_id")
        .stream()
        .map(row -> String.valueOf(row.get("line")))
        .toList();
  }

  private List<String> quarantined() {
    return sql
        .queryForList(
            "select producer || ' ' || reason as line from kafka.quarantine order by record_offset")
        .stream()
        .map(row -> String.valueOf(row.get("line")))
        .toList();
  }

  @Test
  void what_is_told_has_its_effect_its_receipt_and_its_place() throws Exception {
    start(commands);
    String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    tell(
        told("a").with("ce_time", "2026-07-03T12:00:00Z").with("ce_traceparent", trace),
        told("b")
            .data(
                "{\"provider_id\":\"%s\",\"condition\":\"Ready\",\"status\":\"True\",\"message\":\"late\"}"
                    .formatted(PROVIDER_ID)));
    awaitTaken(2);

    assertThat(commands.ids()).containsExactly("a", "b");
    assertThat(outcomes()).containsExactly("a applied", "b late");
    Map<String, @Nullable Object> effect = sql.queryForMap("select * from effect where id = 'a'");
    assertThat(effect)
        .containsEntry("principal", "producer:local")
        .containsEntry("cause", "/monitor a")
        .containsEntry("traceparent", trace)
        .containsEntry("occurred_at", "2026-07-03T12:00:00Z");
    assertThat(sql.queryForMap("select * from kafka.receipt where event_id = 'a'"))
        .containsEntry("stream", NODE.value())
        .containsEntry("stream_version", 7L)
        .containsEntry("topic", names.intake())
        .containsEntry("record_offset", 0L);
  }

  @Test
  void a_structured_event_is_taken_like_any_other() throws Exception {
    start(commands);
    Told structured =
        new Told(
                names.intake(),
                0,
                new RecordHeaders(),
                "{\"specversion\":\"1.0\",\"id\":\"s\",\"source\":\"/x\",\"type\":\"%s\",\"data\":%s}"
                    .formatted(TYPE, told("s").data()))
            .with("content-type", "application/cloudevents+json");
    tell(structured);
    awaitTaken(1);

    assertThat(commands.ids()).containsExactly("s");
  }

  @Test
  void the_same_event_again_has_no_second_effect_wherever_it_comes_from() throws Exception {
    start(commands);
    tell(told("a"), told("a"), told("a").at(3), told("a").with("ce_source", "/other"));
    awaitTaken(4);

    assertThat(commands.ids()).as("ids are unique per source only").containsExactly("a", "a");
    assertThat(sql.queryForObject("select count(*) from kafka.duplicate", Long.class)).isEqualTo(2);
    assertThat(outcomes()).containsExactly("a applied", "a applied");
  }

  @Test
  void what_cannot_be_taken_is_kept_byte_for_byte_and_blocks_no_neighbour() throws Exception {
    start(commands);
    tell(
        told("a"),
        told("b").data("no JSON \0"),
        told("c").with("ce_type", "io.keelson.unheard.of"),
        told("d")
            .data(
                "{\"node_id\":\"%s\",\"condition\":\"Ready\",\"status\":\"True\"}"
                    .formatted(new UUID(5, 9))),
        told("e").data("{\"provider_id\":\"nobody\",\"condition\":\"Ready\",\"status\":\"True\"}"),
        new Told(names.intake(), 0, new RecordHeaders(), "what is this"),
        told("f"));
    awaitTaken(7);

    assertThat(commands.ids()).containsExactly("a", "f");
    assertThat(quarantined())
        .containsExactly(
            "local malformed",
            "local unknown_type",
            "local unknown_subject",
            "local unknown_subject",
            "local malformed");
    assertThat(outcomes())
        .containsExactly(
            "a applied",
            "b quarantined",
            "c quarantined",
            "d quarantined",
            "e quarantined",
            "f applied");
    Map<String, @Nullable Object> parked =
        sql.queryForMap("select * from kafka.quarantine where event_id = 'b'");
    assertThat(parked)
        .containsEntry("record_value", "no JSON \0".getBytes(UTF_8))
        .containsEntry("record_key", "key".getBytes(UTF_8))
        .containsEntry("record_offset", 1L);
    assertThat(new String((byte[]) parked.get("headers"), UTF_8))
        .contains("ce_id")
        .contains("Yg==");
    assertThat(
            sql.queryForObject(
                "select count(*) from kafka.receipt r join kafka.quarantine q on q.id ="
                    + " r.quarantine",
                Long.class))
        .isEqualTo(4);
  }

  @Test
  void what_came_too_early_is_taken_when_it_comes_again() throws Exception {
    start(commands);
    tell(
        told("e").data("{\"provider_id\":\"nobody\",\"condition\":\"Ready\",\"status\":\"True\"}"));
    awaitTaken(1);
    assertThat(outcomes()).containsExactly("e quarantined");

    tell(told("e"), told("e"));
    awaitTaken(3);

    assertThat(commands.ids()).containsExactly("e");
    assertThat(outcomes()).containsExactly("e applied");
    assertThat(quarantined()).as("it stays to be seen").containsExactly("local unknown_subject");
  }

  @Test
  void a_producer_speaks_for_itself_alone() throws Exception {
    String monitors = names.intake() + ".monitor";
    String colleagues = names.intake() + ".colleague";
    String strangers = names.intake() + ".stranger";
    for (String other : List.of(monitors, colleagues, strangers)) {
      new Topic(TestKafka.bootstrapServers(), other).make(1, Map.of());
    }
    tell(
        told("a").in(monitors), // of an organization that it may not speak for
        told("b").in(monitors).with("ce_source", "/colleague"),
        told("c").in(monitors).with("ce_type", "io.keelson.project.deleted"),
        told("b").in(colleagues).with("ce_source", "/colleague"),
        told("d").in(strangers));
    start(commands);
    awaitTaken(5);

    assertThat(commands.ids()).containsExactly("b");
    assertThat(quarantined())
        .containsExactlyInAnyOrder(
            "monitor foreign", "monitor foreign", "monitor foreign", "stranger foreign");
    assertThat(sql.queryForMap("select * from kafka.receipt where source = '/colleague'"))
        .as("no receipt of one stands in the way of another")
        .containsEntry("outcome", "applied")
        .containsEntry("producer", "colleague");
  }

  @Test
  void while_the_database_is_gone_all_wait_and_none_is_skipped() throws Exception {
    KafkaIntake intake = start(commands);
    tell(told("a"));
    awaitTaken(1);
    database.goesAway();
    for (int i = 0; i < 20; i++) {
      tell(told("b" + i).at(i % 4));
    }
    await().atMost(Duration.ofMinutes(1)).until(() -> intake.health().reason() != null);
    assertThat(intake.health().since()).isNotNull();

    database.comesBack();
    awaitTaken(21);

    assertThat(commands.ids()).doesNotHaveDuplicates().hasSize(21);
    assertThat(quarantined()).isEmpty();
    for (int partition = 0; partition < 4; partition++) {
      int place = partition;
      assertThat(commands.ids())
          .containsSubsequence(
              IntStream.range(0, 20).filter(i -> i % 4 == place).mapToObj(i -> "b" + i).toList());
    }
    await().atMost(Duration.ofMinutes(1)).until(() -> intake.health().reason() == null);
  }

  @Test
  void killed_before_the_commit_it_is_taken_by_the_next_and_killed_after_it_it_is_not()
      throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch reached = new CountDownLatch(2);
    AtomicBoolean first = new AtomicBoolean(true);
    EffectTable killed =
        new EffectTable(database)
            .before(
                c -> {
                  if (c.report().id().equals("before")) {
                    reached.countDown();
                    hang(never);
                  }
                })
            .after(
                c -> {
                  if (c.report().id().equals("after") && first.getAndSet(false)) {
                    reached.countDown();
                    hang(never);
                  }
                });
    // Two groups: as if each partition's owner had been cut off with what it had in its hands.
    KafkaIntake one = start(killed, "one-" + name);
    tell(told("after").at(0));
    await().atMost(Duration.ofMinutes(1)).until(() -> reached.getCount() == 1);
    KafkaIntake two = start(killed, "two-" + name);
    tell(told("before").at(1));
    await().atMost(Duration.ofMinutes(1)).until(() -> reached.getCount() == 0);

    start(commands, "next-" + name);
    awaitTaken(2);
    never.countDown();
    one.stop();
    two.stop();

    assertThat(commands.ids()).containsExactlyInAnyOrder("after", "before");
  }

  @Test
  void one_who_has_lost_a_partition_in_the_middle_writes_nothing_behind_its_new_owner()
      throws Exception {
    CountDownLatch inTheMiddle = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger times = new AtomicInteger();
    EffectTable slow =
        new EffectTable(database)
            .before(
                c -> {
                  if (c.report().id().equals("c") && times.getAndIncrement() == 0) {
                    inTheMiddle.countDown();
                    hang(goOn);
                  }
                });
    KafkaIntake old = start(slow, "old-" + name);
    tell(told("a"), told("b"), told("c"), told("d"), told("e"));
    inTheMiddle.await();

    start(commands, "new-" + name);
    awaitTaken(5);
    goOn.countDown();
    tell(told("f"));
    awaitTaken(6);
    old.stop();

    assertThat(commands.ids()).containsExactly("a", "b", "c", "d", "e", "f");
    assertThat(sql.queryForObject("select count(*) from kafka.duplicate", Long.class)).isZero();
  }

  private static void hang(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void instances_that_come_and_go_take_everything_once_and_each_partition_in_order()
      throws Exception {
    List<String> ids = IntStream.range(0, 400).mapToObj(i -> "e" + i).toList();
    KafkaIntake one = start(commands);
    for (int i = 0; i < 400; i++) {
      tell(told(ids.get(i)).at(i % 4));
      if (i == 100) {
        start(new EffectTable(database));
      }
      if (i == 200) {
        one.stop();
      }
      if (i == 300) {
        start(new EffectTable(database));
      }
    }
    awaitTaken(400);

    assertThat(commands.ids()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ids);
    for (int partition = 0; partition < 4; partition++) {
      int place = partition;
      assertThat(commands.ids())
          .containsSubsequence(
              IntStream.range(0, 400).filter(i -> i % 4 == place).mapToObj(ids::get).toList());
    }
    assertThat(sql.queryForObject("select count(*) from kafka.duplicate", Long.class)).isZero();
  }

  @Test
  void what_fails_again_and_again_through_our_own_fault_is_kept_for_later() throws Exception {
    start(
        commands.before(
            c -> {
              if (c.report().id().equals("b")) {
                throw new IllegalStateException("a fault of ours");
              }
            }));
    tell(told("a"), told("b"), told("c"), told("d").at(1));
    awaitTaken(4);

    assertThat(commands.ids()).containsExactlyInAnyOrder("a", "c", "d");
    assertThat(quarantined()).containsExactly("local failed");
    assertThat(sql.queryForObject("select detail from kafka.quarantine", String.class))
        .contains("a fault of ours");
  }

  @Test
  void a_place_that_is_not_there_any_more_is_no_reason_to_stop() throws Exception {
    sql.update(
        "insert into kafka.intake_offset (topic, partition, next_offset, epoch) values (?, 0, 99,"
            + " 1)",
        names.intake());
    tell(told("a"), told("b"));
    start(commands);
    awaitTaken(2);

    assertThat(commands.ids()).containsExactly("a", "b");
  }
}
