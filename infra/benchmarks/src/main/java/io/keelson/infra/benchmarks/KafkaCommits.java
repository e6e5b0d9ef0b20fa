package io.keelson.infra.benchmarks;

import io.keelson.adapters.kafka.KafkaAccess;
import io.keelson.adapters.kafka.KafkaPublisher;
import io.keelson.adapters.kafka.Topics;
import io.keelson.commands.NodeId;
import io.keelson.infra.embedded.EmbeddedKafka;
import io.keelson.infra.eventstore.ledger.Ledger;
import io.keelson.infra.eventstore.ledger.LogFollowing;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The time from the commit of an event until another service has it from Kafka, at a steady rate.
 * It is compared with a record of the same size that a plain producer sends with the same
 * guarantees, without a store.
 */
final class KafkaCommits {

  private static final int PER_SECOND = 500;
  private static final int WRITERS = 4;
  private static final String EVENTS = "keelson.events";
  private static final String RAW = "raw";
  private static final byte[] RECORD = new byte[900];
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private KafkaCommits() {}

  static List<Measurement> measure(Database database, Path directory, Scale scale)
      throws Exception {
    database.empty();
    EmbeddedKafka kafka = EmbeddedKafka.start(Files.createDirectories(directory), 0);
    try {
      kafka.awaitUp(TIMEOUT);
      return measure(database, kafka.bootstrapServers(), scale);
    } finally {
      kafka.stop();
    }
  }

  private static List<Measurement> measure(Database database, String servers, Scale scale)
      throws Exception {
    makeTopics(servers);
    KafkaAccess access = new KafkaAccess(servers, Map.of());
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    try (OwnEngine engine = new OwnEngine(database);
        Ledger ledger =
            Ledger.follow(engine.tail(), database.plain(), engine.pool(), Clock.systemUTC());
        LogFollowing _ =
            LogFollowing.start(
                new KafkaPublisher(
                    access,
                    new Topics(access),
                    engine.pool(),
                    URI.create("https://example.org/"),
                    Clock.systemUTC()),
                ledger,
                database.plain(),
                Clock.systemUTC());
        Producer<String, byte[]> producer = producer(servers);
        Arrivals events = new Arrivals(servers, EVENTS, "ce_subject");
        Arrivals records = new Arrivals(servers, RAW, "id")) {
      for (int round = 0; round <= scale.rounds(); round++) {
        List<Double> own =
            round(events, scale, node -> engine.append(node, 0, Nodes.life(node, 1)));
        List<Double> raw = round(records, scale, node -> send(producer, node));
        if (round > 0) { // the first round only warms up
          ours.addAll(own);
          theirs.addAll(raw);
        }
      }
    }
    return List.of(
        result("commit to Kafka, median", ours, theirs, 0.5, "-"),
        result("commit to Kafka, p99", ours, theirs, 0.99, "100 ms"));
  }

  private static Measurement result(
      String measure, List<Double> ours, List<Double> theirs, double quantile, String target) {
    double own = Rounds.quantile(ours, quantile);
    double raw = Rounds.quantile(theirs, quantile);
    return new Measurement(measure, "ms", own, "producer without store", raw, own / raw, target);
  }

  /** Writes one record about a node. */
  @FunctionalInterface
  private interface Write {
    void of(NodeId node) throws Exception;
  }

  /** Milliseconds from the return of each write to its arrival. */
  private static List<Double> round(Arrivals arrivals, Scale scale, Write write) throws Exception {
    int each = (int) Math.max(1, scale.appending().toMillis() * PER_SECOND / WRITERS / 1000);
    List<NodeId> nodes = Nodes.some(each * WRITERS);
    long[] written = new long[nodes.size()];
    long start = System.nanoTime();
    Callers.each(
        WRITERS,
        1,
        writer -> {
          for (int i = 0; i < each; i++) {
            int number = i * WRITERS + writer;
            long due = start + TimeUnit.SECONDS.toNanos(number) / PER_SECOND;
            LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
            write.of(nodes.get(number));
            written[number] = System.nanoTime();
          }
        });
    List<Double> lags = new ArrayList<>();
    for (int number = 0; number < written.length; number++) {
      long arrived = arrivals.of(nodes.get(number), TIMEOUT);
      lags.add(Math.max(0, arrived - written[number]) / 1e6);
    }
    return lags;
  }

  /** Returns at once, like a commit, before the record has arrived. */
  private static void send(Producer<String, byte[]> producer, NodeId node) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(RAW, node.toString(), RECORD);
    record.headers().add("id", Arrivals.bytes(node));
    Future<RecordMetadata> _ = producer.send(record); // the round waits for its arrival
  }

  private static void makeTopics(String servers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin
          .createTopics(
              List.of(new NewTopic(EVENTS, 12, (short) 1), new NewTopic(RAW, 12, (short) 1)))
          .all()
          .get();
    }
  }

  private static Producer<String, byte[]> producer(String servers) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            servers,
            "acks",
            "all",
            "enable.idempotence",
            true,
            "max.in.flight.requests.per.connection",
            1,
            "linger.ms",
            0),
        new StringSerializer(),
        new ByteArraySerializer());
  }
}
