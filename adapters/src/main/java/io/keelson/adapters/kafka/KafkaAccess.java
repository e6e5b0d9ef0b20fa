package io.keelson.adapters.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How to connect to Kafka, and the settings of each kind of client that keep events complete and in
 * order. An operator's properties cannot override those settings.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param properties of every client, under Kafka's names: mostly security
 */
public record KafkaAccess(String bootstrapServers, Map<String, String> properties) {

  /** A request that takes longer has failed; its caller tries again. */
  static final int TIMEOUT_MILLIS = 10_000;

  private static final int SEND_BUFFER = 32 * 1024 * 1024;
  private static final int BATCH = 128 * 1024;

  public KafkaAccess {
    properties = Map.copyOf(properties);
  }

  Map<String, Object> admin() {
    Map<String, Object> config = client();
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    return config;
  }

  /**
   * A producer that keeps the order: one request in flight, and no batch is given up while later
   * ones are sent. With more requests in flight, a batch could be written although an earlier one
   * was refused.
   *
   * @param maxBytes the maximum size of a record; a larger one is refused before it is sent
   */
  Map<String, Object> producer(int maxBytes) {
    Map<String, Object> config = client();
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    config.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MILLIS);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxBytes);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, Math.min(BATCH, maxBytes));
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(SEND_BUFFER, 2L * maxBytes));
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return config;
  }

  /** A consumer that stores no offsets in Kafka and has no default start position. */
  Map<String, Object> consumer(String group) {
    Map<String, Object> config = client();
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6000);
    config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1500);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100);
    // The time until the topic of a new producer is found.
    config.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5000);
    config.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return config;
  }

  private Map<String, Object> client() {
    Map<String, Object> config = new HashMap<>(properties);
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(CommonClientConfigs.CLIENT_ID_CONFIG, "keelson");
    config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
    config.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    return config;
  }
}
