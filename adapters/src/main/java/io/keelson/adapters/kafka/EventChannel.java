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
 * The life of one producer. What it sends reaches each partition in order and without a gap, up to
 * the first failure, with which its life ends: nothing that stands behind a failed record is sent
 * after it, not even by the producer's own thread.
 */
final class EventChannel implements AutoCloseable {

  private final Producer<String, byte[]> producer;
  private final AtomicBoolean open = new AtomicBoolean(true);

  /**
   * @param producer one that keeps a single request under way, see {@link KafkaAccess#producer}
   */
  EventChannel(Producer<String, byte[]> producer) {
    this.producer = producer;
  }

  /**
   * How far a batch came.
   *
   * @param acknowledged how many of its first records Kafka is known to have
   * @param failure why it is not all of them; null: it is
   */
  record Progress(int acknowledged, @Nullable Exception failure) {}

  /** Sends records in order, and waits until all are acknowledged or one has failed. */
  Progress send(List<ProducerRecord<String, byte[]>> records) {
    List<Future<RecordMetadata>> answers = new ArrayList<>(records.size());
    Thread caller = Thread.currentThread();
    for (ProducerRecord<String, byte[]> record : records) {
      Future<RecordMetadata> answer;
      try {
        answer = producer.send(record, (_, failure) -> heard(failure, caller));
      } catch (RuntimeException e) {
        return acknowledged(answers, e);
      }
      // Done already: refused before it left, as too large. Nothing behind it may leave either.
      if (answer.isDone() && answer.state() == Future.State.FAILED) {
        return acknowledged(answers, asException(answer.exceptionNow()));
      }
      answers.add(answer);
    }
    return acknowledged(answers, null);
  }

  /** Comes in the producer's own thread, which sends nothing more from here on. */
  private void heard(@Nullable Exception failure, Thread caller) {
    if (failure != null && Thread.currentThread() != caller) {
      close();
    }
  }

  private static Progress acknowledged(
      List<Future<RecordMetadata>> answers, @Nullable Exception refused) {
    int count = 0;
    try {
      for (Future<RecordMetadata> answer : answers) {
        answer.get(KafkaAccess.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
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

  /** At once: what is under way may still arrive, what is not never leaves. */
  @Override
  public void close() {
    if (open.getAndSet(false)) {
      producer.close(Duration.ZERO);
    }
  }
}
