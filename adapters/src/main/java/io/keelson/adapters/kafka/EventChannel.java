package io.keelson.adapters.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One producer, used until its first failure. Its records reach each partition in order and without
 * a gap. After a failed record nothing more is sent, not even by the producer's own thread.
 */
final class EventChannel implements AutoCloseable {

  private final Producer<String, byte[]> producer;
  private final AtomicBoolean open = new AtomicBoolean(true);

  /**
   * @param producer one that has a single request in flight, see {@link KafkaAccess#producer}
   */
  EventChannel(Producer<String, byte[]> producer) {
    this.producer = producer;
  }

  /**
   * How much of a batch Kafka has acknowledged.
   *
   * @param acknowledged how many records from the start of the batch are acknowledged
   * @param failure why the rest is not acknowledged; null: all are
   */
  record Progress(int acknowledged, @Nullable Exception failure) {}

  /** Sends records in order, and waits until all are acknowledged or one has failed. */
  Progress send(List<ProducerRecord<String, byte[]>> records) {
    List<Future<RecordMetadata>> results = new ArrayList<>(records.size());
    Thread caller = Thread.currentThread();
    for (ProducerRecord<String, byte[]> record : records) {
      Future<RecordMetadata> result;
      try {
        result = producer.send(record, (_, failure) -> onCompletion(failure, caller));
      } catch (RuntimeException e) {
        return acknowledged(results, e);
      }
      // Completed before it was sent: the record was refused as too large. No later record may be
      // sent.
      if (result.isDone() && result.state() == Future.State.FAILED) {
        return acknowledged(results, asException(result.exceptionNow()));
      }
      results.add(result);
    }
    return acknowledged(results, null);
  }

  /** Called by the producer's thread, which sends nothing more once the producer is closed. */
  private void onCompletion(@Nullable Exception failure, Thread caller) {
    if (failure != null && Thread.currentThread() != caller) {
      close();
    }
  }

  private static Progress acknowledged(
      List<Future<RecordMetadata>> results, @Nullable Exception refused) {
    int count = 0;
    try {
      for (Future<RecordMetadata> result : results) {
        result.get(KafkaAccess.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        count++;
      }
      return new Progress(count, refused);
    } catch (ExecutionException e) {
      return new Progress(count, asException(e.getCause() == null ? e : e.getCause()));
    } catch (TimeoutException e) {
      return new Progress(count, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Progress(count, e);
    }
  }

  private static Exception asException(Throwable failure) {
    return failure instanceof Exception e ? e : new IllegalStateException(failure);
  }

  /**
   * Closes without waiting. Records in flight may still reach the broker; buffered records are
   * discarded.
   */
  @Override
  public void close() {
    if (open.getAndSet(false)) {
      producer.close(Duration.ZERO);
    }
  }
}
