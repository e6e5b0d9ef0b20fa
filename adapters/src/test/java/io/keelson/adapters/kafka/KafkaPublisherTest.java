package io.keelson.adapters.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.keelson.adapters.kafka.KafkaPublisher.NotPublished;
import io.keelson.commands.log.LogEntry;
import io.keelson.infra.embedded.EmbeddedKafka;
import io.keelson.infra.testing.TestKafka;
import io.keelson.infra.testing.TestPostgres;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class KafkaPublisherTest {

  private static final URI SCHEMAS = URI.create("http://127.0.0.1:8080/schemas/");

  private final DataSource database = TestPostgres.database("kafka");
  private final TopicNames names =
      new TopicNames("events-" + UUID.randomUUID(), "intake-" + UUID.randomUUID());
  private final Topic topic = new Topic(TestKafka.bootstrapServers(), names.events());
  private final KafkaPublisher publisher = publisher(KafkaProducer::new);

  private KafkaPublisher publisher(
      Function<Map<String, Object>, Producer<String, byte[]>> producers) {
    return publisher(TestKafka.bootstrapServers(), producers);
  }

  private KafkaPublisher publisher(
      String bootstrapServers, Function<Map<String, Object>, Producer<String, byte[]>> producers) {
    KafkaAccess access = new KafkaAccess(bootstrapServers, Map.of());
    return new KafkaPublisher(
        access, new Topics(access), database, SCHEMAS, Clock.systemUTC(), names, producers);
  }

  @AfterEach
  void release() {
    publisher.release();
  }

  /** The places of each key in the order of the log. */
  private static Map<String, List<Long>> log(long to) {
    return LongStream.rangeClosed(1, to)
        .boxed()
        .collect(
            Collectors.groupingBy(
                i -> Entries.cluster(i % 5).toString(), TreeMap::new, Collectors.toList()));
  }

  /** As the log's reader does: the same again until it is handled. */
  private static void insist(KafkaPublisher publisher, List<LogEntry> entries) {
    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              try {
                publisher.handle(entries);
                return true;
              } catch (NotPublished e) {
                return false;
              }
            });
  }

  @Test
  void every_open_event_arrives_once_and_in_the_order_of_its_key() throws Exception {
    publisher.handle(Entries.range(1, 300));
    publisher.handle(List.of(Entries.internal(Entries.at(301))));
    publisher.handle(Entries.range(302, 500));

    assertThat(topic.partitions()).isEqualTo(12);
    assertThat(topic.records()).hasSize(499);
    Map<String, List<Long>> expected = log(500);
    expected.values().forEach(places -> places.remove(301L));
    assertThat(topic.firsts()).isEqualTo(expected);
    assertThat(publisher.health()).isEqualTo(new KafkaPublisher.Health(500, null, null));
  }

  @Test
  void a_batch_that_is_handed_over_twice_comes_twice_and_its_first_deliveries_in_order()
      throws Exception {
    publisher.handle(Entries.range(1, 40));
    publisher.handle(Entries.range(1, 60));

    assertThat(topic.records()).hasSize(100);
    assertThat(topic.firsts()).isEqualTo(log(60));
  }

  @Test
  void an_event_says_where_its_cluster_is_from_its_beginning_on() throws Exception {
    LogEntry beginning =
        Entries.entry(
            1,
            "cluster.creation-started",
            Entries.cluster(1).value(),
            Entries.cluster(1),
            "{\"region\":\"nl-ams\"}");
    LogEntry later = Entries.at(6);
    LogEntry release = Entries.entry(7, "release.published", new UUID(8, 1), null, "{}");

    publisher.handle(List.of(beginning, later));
    KafkaPublisher another = publisher(KafkaProducer::new);
    another.handle(List.of(Entries.at(11), release));
    another.release();

    assertThat(topic.records())
        .extracting(
            r -> Topic.header(r, "ce_sequence").replaceFirst("^0+", ""),
            r -> Topic.header(r, "ce_source"))
        .containsExactlyInAnyOrder(
            tuple("1", "/keelson/nl-ams"),
            tuple("6", "/keelson/nl-ams"),
            tuple("11", "/keelson/nl-ams"),
            tuple("7", "/keelson/global"));
  }

  @Test
  void a_producer_that_dies_again_and_again_loses_and_overtakes_nothing() {
    AtomicInteger sends = new AtomicInteger();
    Random random = new Random(4);
    KafkaPublisher fragile =
        publisher(config -> mortal(sends, random, new KafkaProducer<>(config)));

    for (long from = 1; from < 400; from += 50) {
      insist(fragile, Entries.range(from, from + 49));
    }
    fragile.release();

    assertThat(sends).hasValueGreaterThan(400);
    assertThat(topic.firsts()).isEqualTo(log(400));
  }

  /** Now and then it is closed at once, with whatever is under way. */
  @SuppressWarnings("unchecked")
  private static Producer<String, byte[]> mortal(
      AtomicInteger sends, Random random, Producer<String, byte[]> producer) {
    return (Producer<String, byte[]>)
        Proxy.newProxyInstance(
            KafkaPublisherTest.class.getClassLoader(),
            new Class<?>[] {Producer.class},
            (_, method, arguments) -> {
              if (method.getName().equals("send")) {
                sends.incrementAndGet();
                if (random.nextInt(60) == 0) {
                  producer.close(Duration.ZERO);
                }
              }
              try {
                return method.invoke(producer, arguments);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }

  @Test
  void one_who_was_replaced_and_still_sends_brings_nothing_out_of_order() throws Exception {
    KafkaPublisher replaced = publisher(KafkaProducer::new);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      publisher.handle(Entries.range(1, 20)); // kept: 20
      Future<?> old =
          threads.submit(
              () -> {
                for (long from = 21; from < 1000; from += 20) {
                  insist(replaced, Entries.range(from, from + 19));
                }
              });
      Future<?> young =
          threads.submit(
              () -> {
                for (long from = 21; from < 1200; from += 40) {
                  insist(publisher, Entries.range(from, from + 39));
                }
              });
      old.get();
      young.get();
    }
    replaced.release();

    assertThat(topic.firsts()).isEqualTo(log(1220));
    assertThat(topic.records()).hasSizeGreaterThan(1220);
  }

  @Test
  void nothing_is_published_to_a_topic_that_is_compacted() throws Exception {
    topic.make(12, Map.of("cleanup.policy", "compact"));

    assertThatThrownBy(() -> publisher.handle(Entries.range(1, 10)))
        .isInstanceOf(NotPublished.class)
        .hasMessageContaining("compacted");

    assertThat(topic.records()).isEmpty();
    assertThat(publisher.health().reason()).contains("compacted");

    topic.set("cleanup.policy", "delete");
    insist(publisher, Entries.range(1, 10));
    assertThat(topic.firsts()).isEqualTo(log(10));
    assertThat(publisher.health().reason()).isNull();
  }

  @Test
  void a_topic_with_other_settings_is_used_and_left_as_it_is() throws Exception {
    topic.make(3, Map.of("retention.ms", "3600000"));

    insist(publisher, Entries.range(1, 10));

    assertThat(topic.partitions()).isEqualTo(3);
    assertThat(topic.firsts()).isEqualTo(log(10));
  }

  @Test
  void an_event_that_is_too_large_holds_up_what_stands_behind_it_and_nothing_before()
      throws Exception {
    topic.make(12, Map.of("max.message.bytes", "4000"));
    List<LogEntry> batch = withLargeOne();

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> publisher.handle(batch))
          .isInstanceOf(NotPublished.class)
          .hasMessageContaining(Entries.id(6).toString())
          .hasMessageContaining("max.message.bytes");
    }

    assertThat(topic.records()).as("each once").hasSize(5);
    assertThat(topic.firsts()).isEqualTo(log(5));
    assertThat(publisher.health().published()).isEqualTo(5);
    assertThat(publisher.health().reason()).contains("log position 6");

    topic.set("max.message.bytes", "100000");
    insist(publisher, batch);
    assertThat(topic.firsts()).isEqualTo(log(20));
    assertThat(publisher.health()).isEqualTo(new KafkaPublisher.Health(20, null, null));
  }

  @Test
  void a_record_that_the_broker_refuses_is_overtaken_by_none() throws Exception {
    publisher.handle(List.of(Entries.at(1)));
    topic.set("max.message.bytes", "4000"); // which the running producer does not know of
    List<LogEntry> batch =
        List.of(
            Entries.at(6, "{\"much\":\"" + "x".repeat(20_000) + "\"}"),
            Entries.at(11),
            Entries.at(16));

    assertThatThrownBy(() -> publisher.handle(batch)).isInstanceOf(NotPublished.class);
    assertThat(topic.records()).hasSize(1);

    topic.set("max.message.bytes", "100000");
    insist(publisher, batch);
    assertThat(topic.firsts())
        .isEqualTo(Map.of(Entries.cluster(1).toString(), List.of(1L, 6L, 11L, 16L)));
  }

  private static List<LogEntry> withLargeOne() {
    return LongStream.rangeClosed(1, 20)
        .mapToObj(
            i ->
                i == 6 ? Entries.at(6, "{\"much\":\"" + "x".repeat(20_000) + "\"}") : Entries.at(i))
        .toList();
  }

  @Test
  void a_broker_that_goes_away_and_comes_back_gets_all_in_order(@TempDir Path data)
      throws Exception {
    EmbeddedKafka broker = EmbeddedKafka.start(data, 0);
    broker.awaitUp(Duration.ofMinutes(2));
    int port = Integer.parseInt(broker.bootstrapServers().replaceFirst(".*:", ""));
    Topic away = new Topic(broker.bootstrapServers(), names.events());
    KafkaPublisher sender = publisher(broker.bootstrapServers(), KafkaProducer::new);
    insist(sender, Entries.range(1, 100));
    broker.stop();

    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<?> sent =
          threads.submit(
              () -> {
                for (long from = 101; from < 2000; from += 100) {
                  insist(sender, Entries.range(from, from + 99));
                }
              });
      await().atMost(Duration.ofMinutes(1)).until(() -> sender.health().reason() != null);
      assertThat(sender.health().reason()).contains("has not acknowledged");
      assertThat(sender.health().published()).isEqualTo(100);

      EmbeddedKafka again = EmbeddedKafka.start(data, port);
      again.awaitUp(Duration.ofMinutes(2));
      try {
        sent.get();
        assertThat(away.firsts()).isEqualTo(log(2000));
        assertThat(sender.health()).isEqualTo(new KafkaPublisher.Health(2000, null, null));
      } finally {
        sender.release();
        again.stop();
      }
    }
  }
}
