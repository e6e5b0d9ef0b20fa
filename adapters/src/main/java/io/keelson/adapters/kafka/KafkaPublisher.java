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
 * Writes every open event to Kafka, at least once. For each key, first deliveries are in the order
 * of the log. An instance sends without a gap from a position at or before the stored one. So a
 * record that a replaced instance still sends was sent before, or is the next one. No event is
 * skipped: an event that cannot be sent delays all later ones.
 */
public final class KafkaPublisher implements LogFollower {

  /** The region of events that belong to no known cluster. */
  private static final String GLOBAL = "global";

  private final String topic;
  private final Topics topics;
  private final EventRecords records;
  private final ClusterRegions regions;
  private final Function<Map<String, Object>, Producer<String, byte[]>> producers;
  private final KafkaAccess access;
  private final FailureTracker failures;
  private final AtomicReference<@Nullable EventChannel> channel = new AtomicReference<>();
  private volatile long published;
  private Attempt last = Attempt.NONE;

  /**
   * A batch that was not completed; the next attempt continues after {@code reached}.
   *
   * @param first the position of the first entry of the batch
   * @param reached the position of the last entry of the batch that Kafka has; 0: none
   */
  private record Attempt(long first, long reached) {
    private static final Attempt NONE = new Attempt(0, 0);
  }

  /**
   * The state of the publisher.
   *
   * @param published the log position of the last event that this instance has published; 0: none
   * @param since since when publishing fails; null: it does not fail
   */
  public record Health(long published, @Nullable Instant since, @Nullable String reason) {}

  /** Some entries could not be sent; the message says why. */
  public static final class NotPublished extends Exception {

    private static final long serialVersionUID = 1L;

    private NotPublished(String message, Exception cause) {
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
    this.failures = FailureTracker.ofFollower("Events for other services", clock);
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public void handle(List<LogEntry> entries) throws NotPublished, InterruptedException {
    List<LogEntry> open = entries.stream().filter(LogEntry::open).toList();
    if (open.isEmpty()) {
      return;
    }
    Attempt attempt = new Attempt(open.getFirst().position(), 0);
    if (last.first() == attempt.first()) {
      attempt = last;
    }
    long reached = attempt.reached();
    List<LogEntry> remaining = open.stream().filter(entry -> entry.position() > reached).toList();
    try {
      publish(remaining, attempt);
      last = Attempt.NONE;
      failures.recovered();
    } catch (NotPublished e) {
      release();
      failures.failed(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private void publish(List<LogEntry> entries, Attempt attempt)
      throws NotPublished, InterruptedException {
    if (entries.isEmpty()) {
      return;
    }
    last = attempt;
    List<ProducerRecord<String, byte[]>> batch = batch(entries);
    EventChannel.Progress progress = channel().send(batch);
    if (progress.acknowledged() > 0) {
      published = entries.get(progress.acknowledged() - 1).position();
      last = new Attempt(attempt.first(), published);
    }
    if (progress.failure() instanceof InterruptedException) {
      throw new InterruptedException("interrupted while waiting for Kafka");
    }
    if (progress.failure() != null) {
      throw notPublished(entries.get(progress.acknowledged()), progress.failure());
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

  private EventChannel channel() throws NotPublished, InterruptedException {
    EventChannel current = channel.get();
    if (current != null) {
      return current;
    }
    int maxRecordBytes = maxRecordBytes();
    try {
      EventChannel opened = new EventChannel(producers.apply(access.producer(maxRecordBytes)));
      channel.set(opened);
      return opened;
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  /** The maximum size of a record. */
  private int maxRecordBytes() throws NotPublished, InterruptedException {
    Found found;
    try {
      found = topics.ensure(topic, TopicExpectation.EVENTS);
    } catch (ExecutionException | TimeoutException e) {
      throw unavailable(e);
    }
    if (found.isCompacted()) {
      throw new NotPublished(
          "the topic %s is compacted, which would lose events: no event is published while it is"
              .formatted(topic),
          new IllegalStateException());
    }
    return found.maxBytes();
  }

  private NotPublished notPublished(LogEntry next, Exception failure) {
    return failure instanceof RecordTooLargeException
        ? new NotPublished(
            "the event %s (%s, log position %d) is larger than max.message.bytes of the topic %s: neither it nor any later event is published until that setting is raised: %s"
                .formatted(next.id(), next.type(), next.position(), topic, failure.getMessage()),
            failure)
        : unavailable(failure);
  }

  private NotPublished unavailable(Exception failure) {
    Throwable cause =
        failure instanceof ExecutionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return new NotPublished(
        "Kafka at %s has not acknowledged them (%s)"
            .formatted(access.bootstrapServers(), cause.getClass().getSimpleName()),
        failure);
  }

  /** Closes the producer at once; the next batch opens a new one. */
  @Override
  public void release() {
    EventChannel current = channel.getAndSet(null);
    if (current != null) {
      current.close();
    }
  }

  public Health health() {
    Optional<FailureTracker.Failure> failure = failures.current();
    return new Health(
        published,
        failure.map(FailureTracker.Failure::since).orElse(null),
        failure.map(FailureTracker.Failure::reason).orElse(null));
  }
}
