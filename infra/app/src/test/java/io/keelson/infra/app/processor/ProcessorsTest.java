package io.keelson.infra.app.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.keelson.commands.ClusterId;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.infra.app.store.ClusterNames;
import io.keelson.infra.eventstore.codec.EventCodec;
import io.keelson.infra.eventstore.store.PostgresEventStorageEngine;
import io.keelson.infra.eventstore.tail.Tail;
import io.keelson.infra.testing.Promise;
import io.keelson.infra.testing.TestPostgres;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Several instances on one database, in one JVM. */
@Timeout(300)
class ProcessorsTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  private final PGSimpleDataSource database = TestPostgres.database("eventstore");
  private final JdbcTemplate jdbc = new JdbcTemplate(database);
  private final Tail tail = Tail.follow(database, Clock.systemUTC());
  private final PostgresEventStorageEngine engine =
      new PostgresEventStorageEngine(database, new EventCodec(), new ClusterNames(), tail);
  private final List<TestInstance> started = new ArrayList<>();

  @BeforeEach
  void makeTable() {
    jdbc.execute(
        "create table noted (n bigint generated always as identity, processor text, node uuid)");
  }

  @AfterEach
  void stop() {
    started.forEach(TestInstance::stop);
    tail.close();
  }

  @Test
  void two_instances_divide_every_processor_and_keep_their_segments() {
    TestInstance a = start("a");
    await().atMost(SOON).until(() -> held().equals(Map.of("a", 12)));
    TestInstance b = start("b");

    await()
        .atMost(SOON)
        .until(
            () ->
                heldBy(a).equals(Map.of("first", 2, "second", 2, "third", 2))
                    && heldBy(b).equals(heldBy(a)));
    Map<String, String> settled = owners();
    await()
        .during(Duration.ofSeconds(3))
        .atMost(SOON)
        .failFast("they go on moving", () -> !owners().equals(settled))
        .until(() -> owners().equals(settled));
    List<DomainEvent> appended = append(60);
    for (String processor : TestInstance.PROCESSORS) {
      await()
          .atMost(SOON)
          .until(() -> a.handled(processor) + b.handled(processor) >= appended.size());
      assertThat(a.handled(processor)).isPositive();
      assertThat(b.handled(processor)).isPositive();
    }
  }

  @Test
  void three_instances_divide_segments_that_are_no_multiple_of_three() {
    start("a");
    start("b");
    start("c");

    await().atMost(SOON).until(() -> held().equals(Map.of("a", 4, "b", 4, "c", 4)));
  }

  @Test
  void an_orderly_stop_hands_over_at_once() throws InterruptedException {
    start("a");
    TestInstance b = start("b");
    await().atMost(SOON).until(() -> held().equals(Map.of("a", 6, "b", 6)));

    b.stop();

    Promise promise = Promise.within(Duration.ofSeconds(3));
    assertThat(held().get("b")).isNull();
    await().atMost(promise.timeout()).until(() -> held().equals(Map.of("a", 12)));
    promise.kept("what a stopped instance held was taken over");
  }

  @Test
  void what_a_dead_instance_held_is_taken_over() throws InterruptedException {
    start("a");
    TestInstance b = start("b");
    await().atMost(SOON).until(() -> held().equals(Map.of("a", 6, "b", 6)));

    Promise promise = Promise.within(Duration.ofSeconds(8));
    b.die();

    await().atMost(promise.timeout()).until(() -> held().equals(Map.of("a", 12)));
    promise.kept("what a dead instance held was taken over");
  }

  @Test
  void an_event_from_a_newer_program_is_left_to_newer_instances() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(SegmentLimit.class);
    logger.addAppender(log);
    TestInstance older = start("older");
    List<DomainEvent> before = append(8);
    String unknown = appendFromTomorrow(before.getFirst());
    List<DomainEvent> after = append(8);

    await().atMost(SOON).until(() -> older.processors().stopPositions().size() == 3);
    await().atMost(SOON).until(() -> held().isEmpty());
    assertThat(older.events("first")).containsExactlyInAnyOrderElementsOf(before);
    assertThat(older.processors().healthy()).isTrue();
    assertThat(older.processors().stopPositions().get("first"))
        .asString()
        .contains("node.from-tomorrow", "revision 7");
    assertThat(jdbc.queryForObject("select count(*) from eventstore.dead_letter", Long.class))
        .isZero();

    // The type is changed to a known one, as a newer program would know it.
    jdbc.execute("alter table eventstore.event disable trigger event_is_append_only");
    jdbc.update(
        "update eventstore.event set type = 'node.deleted', revision = 1 where id = ?::uuid",
        unknown);
    TestInstance newer = start("newer");

    await().atMost(SOON).until(() -> newer.handled("first") == 1 + after.size());
    assertThat(newer.events("first")).containsAll(after);
    await().atMost(SOON).until(() -> held().equals(Map.of("newer", 12)));
    assertThat(older.events("first")).containsExactlyInAnyOrderElementsOf(before);
    logger.detachAppender(log);
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(line -> line.contains("node.from-tomorrow"))
        .hasSize(TestInstance.PROCESSORS.size());
  }

  /** The write of a batch fails directly before the commit, and the error names no event. */
  @Test
  void what_spoils_a_batch_is_found_and_parked_with_what_comes_after_it_for_its_cluster() {
    NodeDeleted poison = event();
    jdbc.execute(
        "alter table noted add constraint poisoned check (node <> '%s')"
            .formatted(poison.nodeId()));
    List<NodeDeleted> appended = new ArrayList<>(Stream.generate(this::event).limit(60).toList());
    appended.add(poison);
    appended.addAll(Stream.generate(this::event).limit(60).toList());
    NodeDeleted behind = eventOf(poison.clusterId());
    appended.add(behind);
    appended.forEach(this::append);

    TestInstance instance = start("a");
    int others = appended.size() - 2;
    for (String processor : List.of("first", "third")) {
      await().atMost(SOON).until(() -> noted(processor).size() == others);
      await().atMost(SOON).until(() -> parked(processor).size() == 2);
      assertThat(parked(processor)).containsExactly(poison.nodeId(), behind.nodeId());
      assertThat(noted(processor)).doesNotHaveDuplicates();
    }
    await().atMost(SOON).until(() -> instance.processors().healthy());
    assertThat(parked("second")).isEmpty();

    // The cause still exists: the events stay parked, with the reason.
    instance.processors().retryParked();
    assertThat(parked("first")).containsExactly(poison.nodeId(), behind.nodeId());
    assertThat(
            jdbc.queryForObject(
                "select cause_message from eventstore.dead_letter"
                    + " where processing_group = 'first' and cause_type is not null",
                String.class))
        .contains("poisoned");

    jdbc.execute("alter table noted drop constraint poisoned");
    instance.processors().retryParked();
    for (String processor : List.of("first", "third")) {
      assertThat(parked(processor)).isEmpty();
      List<NodeId> noted = noted(processor);
      assertThat(noted).hasSize(appended.size()).endsWith(poison.nodeId(), behind.nodeId());
    }
  }

  private List<NodeId> noted(String processor) {
    return jdbc.query(
        "select node from noted where processor = ? order by n",
        (row, _) -> NodeId.of(row.getString("node")),
        processor);
  }

  private List<NodeId> parked(String processor) {
    return jdbc.query(
        "select e.stream from eventstore.dead_letter d join eventstore.event e on e.id = d.event"
            + " where d.processing_group = ? order by d.index",
        (row, _) -> NodeId.of(row.getString("stream")),
        processor);
  }

  private TestInstance start(String name) {
    TestInstance instance = TestInstance.start(name, database);
    started.add(instance);
    return instance;
  }

  private List<DomainEvent> append(int count) {
    List<DomainEvent> events = new ArrayList<>(Stream.generate(this::event).limit(count).toList());
    events.forEach(this::append);
    return events;
  }

  private void append(DomainEvent event) {
    new TransactionTemplate(new DataSourceTransactionManager(database))
        .executeWithoutResult(
            _ ->
                engine.appendEvents(
                    new GenericDomainEventMessage<>(
                        "Node", event.stream().toString(), 0, event, Map.of())));
  }

  private NodeDeleted event() {
    return eventOf(new ClusterId(UUID.randomUUID()));
  }

  private NodeDeleted eventOf(ClusterId cluster) {
    return new NodeDeleted(new NodeId(UUID.randomUUID()), cluster, new PoolId(UUID.randomUUID()));
  }

  /** Appends a copy of an event with a type of a newer program; returns the id of the copy. */
  private String appendFromTomorrow(DomainEvent like) {
    UUID id = UUID.randomUUID();
    jdbc.update(
        """
        insert into eventstore.event
          (stream, stream_type, version, id, type, revision, cluster, recorded_at, payload, metadata)
        select gen_random_uuid(), stream_type, 0, ?, 'node.from-tomorrow', 7, cluster, recorded_at,
          payload, metadata
        from eventstore.event where stream = ?
        """,
        id,
        UUID.fromString(like.stream().toString()));
    return id.toString();
  }

  /** The number of segments by instance. */
  private Map<String, Integer> held() {
    Map<String, Integer> held = new HashMap<>();
    owners().values().forEach(owner -> held.merge(owner, 1, Integer::sum));
    return held;
  }

  private Map<String, Integer> heldBy(TestInstance instance) {
    Map<String, Integer> held = new HashMap<>();
    owners()
        .forEach(
            (segment, owner) -> {
              if (owner.equals(instance.name())) {
                held.merge(segment.replaceFirst("/.*", ""), 1, Integer::sum);
              }
            });
    return held;
  }

  private Map<String, String> owners() {
    Map<String, String> owners = new TreeMap<>();
    jdbc.query(
        "select processor || '/' || segment as place, owner from eventstore.token"
            + " where owner is not null and processor in ('first', 'second', 'third')",
        row -> {
          owners.put(row.getString("place"), row.getString("owner"));
        });
    return owners;
  }
}
