package io.keelson.adapters.kafka;

import io.keelson.adapters.kafka.TopicExpectation.Found;
import io.keelson.commands.ClusterId;
import io.keelson.commands.log.LogEntry;
import io.keelson.commands.log.LogFollower;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Writes every open event to Kafka: at least once, and by their first deliveries in the order of
 * the log for each key. Each instance sends without a gap from a place at or before the one that is
 * kept, so whatever an instance that has been replaced still sends, was sent before or comes next.
 * It never leaves an event out: what cannot be sent holds up all that stands behind it.
 */
public final class KafkaPublisher implements LogFollower {

  /** What belongs to no region, or to a cluster that never was. */
  private static final String GLOBAL = "global";

  private final String topic;
  private final Topics topics;
  private final EventRecords records;
  private final ClusterRegions regions;
  private final Function<Map<String, Object>, Producer<String, byte[]>> producers;
  private final KafkaAccess access;
  private final FailureTracker contact;
  private final AtomicReference<@Nullable EventChannel> channel = new AtomicReference<>();
  private volatile long published;
  private Attempt last = Attempt.NONE;

  /**
   * A batch that was not finished: its repetition goes on where it got stuck.
   *
   * @param first the position that the batch begins with
   * @param reached the last position in it that Kafka has, 0 for none
   */
  private record Attempt(long first, long reached) {
    private static final Attempt NONE = new Attempt(0, 0);
  }

  /**
   * How it goes.
   *
   * @param published the log position of the last event that this instance knows to be at Kafka; 0:
   *     it has published none
   * @param since when nothing has gone out any more; null: all is well
   */
  public record Health(long published, @Nullable Instant since, @Nullable String reason) {}

  /** Not all could be sent; the message says why. */
  public static final class Held extends Exception {

    private static final long serialVersionUID = 1L;

    private Held(String message, Exception cause) {
      super(message, cause);
    }
  }

  /**
   * @param schemas below which the server publishes the schemas of events
   */
  public KafkaPublisher(
      KafkaAccess access, Topics topics, DataSource database, URI schemas, Clock clock) {
    this(access, topics, database, schemas, clock, TopicNames.RELEASED, KafkaProducer::new);
  }

  KafkaPublisher(
      KafkaAccess access,
      Topics topics,
      DataSource database,
      URI schemas,
      Clock clock,
      TopicNames names,
      Function<Map<String, Object>, Producer<String, byte[]>> producers) {
    this.access = access;
    this.topic = names.events();
    this.topics = topics;
    this.records = new EventRecords(topic, schemas);
    this.regions = new ClusterRegions(database);
    this.producers = producers;
    this.contact = FailureTracker.ofFollower("Events for other services", clock);
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public void handle(List<LogEntry> entries) throws Held, InterruptedException {
    List<LogEntry> open = entries.stream().filter(LogEntry::open).toList();
    if (open.isEmpty()) {
      return;
    }
    Attempt attempt = new Attempt(open.getFirst().position(), 0);
    if (last.first() == attempt.first()) {
      attempt = last;
    }
    long reached = attempt.reached();
    List<LogEntry> left = open.stream().filter(entry -> entry.position() > reached).toList();
    try {
      publish(left, attempt);
      last = Attempt.NONE;
      contact.found();
    } catch (Held e) {
      release();
      contact.lost(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private void publish(List<LogEntry> entries, Attempt attempt) throws Held, InterruptedException {
    if (entries.isEmpty()) {
      return;
    }
    last = attempt;
    List<ProducerRecord<String, byte[]>> batch = batch(entries);
    EventChannel.Progress progress = opened().send(batch);
    if (progress.acknowledged() > 0) {
      published = entries.get(progress.acknowledged() - 1).position();
      last = new Attempt(attempt.first(), published);
    }
    if (progress.failure() instanceof InterruptedException) {
      throw new InterruptedException("interrupted while Kafka was waited for");
    }
    if (progress.failure() != null) {
      throw held(entries.get(progress.acknowledged()), progress.failure());
    }
  }

  private List<ProducerRecord<String, byte[]>> batch(List<LogEntry> entries) {
    Map<ClusterId, String> known = regions.of(entries);
    return entries.stream()
        .map(
            entry ->
                records.of(
                    entry,
                    entry.cluster() == null ? GLOBAL : known.getOrDefault(entry.cluster(), GLOBAL)))
        .toList();
  }

  private EventChannel opened() throws Held, InterruptedException {
    EventChannel there = channel.get();
    if (there != null) {
      return there;
    }
    int room = room();
    try {
      EventChannel opened = new EventChannel(producers.apply(access.producer(room)));
      channel.set(opened);
      return opened;
    } catch (KafkaException e) {
      throw unreached(e);
    }
  }

  /** How large a record may be. */
  private int room() throws Held, InterruptedException {
    Found found;
    try {
      found = topics.ensured(topic, TopicExpectation.EVENTS);
    } catch (ExecutionException | TimeoutException e) {
      throw unreached(e);
    }
    if (found.isCompacted()) {
      throw new Held(
          "the topic %s is compacted, which would lose events: none is published until it is not"
              .formatted(topic),
          new IllegalStateException());
    }
    return found.mostBytes();
  }

  private Held held(LogEntry next, Exception failure) {
    return failure instanceof RecordTooLargeException
        ? new Held(
            "the event %s (%s, log position %d) is larger than max.message.bytes of the topic %s: neither it nor what comes behind it is published until that is raised: %s"
                .formatted(next.id(), next.type(), next.position(), topic, failure.getMessage()),
            failure)
        : unreached(failure);
  }

  private Held unreached(Exception failure) {
    Throwable cause =
        failure instanceof ExecutionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return new Held(
        "Kafka at %s has not taken them (%s)"
            .formatted(access.bootstrapServers(), cause.getClass().getSimpleName()),
        failure);
  }

  /** Ends the producer at once; the next entries that are handed over begin with a new one. */
  @Override
  public void release() {
    EventChannel there = channel.getAndSet(null);
    if (there != null) {
      there.close();
    }
  }

  public Health health() {
    Optional<FailureTracker.Trouble> trouble = contact.trouble();
    return new Health(
        published,
        trouble.map(FailureTracker.Trouble::since).orElse(null),
        trouble.map(FailureTracker.Trouble::reason).orElse(null));
  }
}
