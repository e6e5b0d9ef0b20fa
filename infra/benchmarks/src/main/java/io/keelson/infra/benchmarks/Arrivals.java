package io.keelson.infra.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keelson.commands.NodeId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The time at which the record of each node arrives at a consumer. */
final class Arrivals implements AutoCloseable {

  private final KafkaConsumer<String, byte[]> consumer;
  private final String header;
  private final Map<String, CompletableFuture<Long>> arrivals = new ConcurrentHashMap<>();
  private final Thread thread;

  /**
   * @param header the name of the header whose value is the node
   */
  Arrivals(String servers, String topic, String header) {
    this.header = header;
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList());
    this.thread = Thread.ofPlatform().daemon().name("arrivals-" + topic).start(this::listen);
  }

  static byte[] bytes(NodeId node) {
    return node.toString().getBytes(UTF_8);
  }

  private void listen() {
    try {
      while (true) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          expected(new String(record.headers().lastHeader(header).value(), UTF_8))
              .complete(System.nanoTime());
        }
      }
    } catch (WakeupException closed) {
      consumer.close();
    }
  }

  private CompletableFuture<Long> expected(String node) {
    return arrivals.computeIfAbsent(node, _ -> new CompletableFuture<>());
  }

  /** {@link System#nanoTime()} of its first arrival. */
  long of(NodeId node, Duration timeout) throws Exception {
    return expected(node.toString()).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
