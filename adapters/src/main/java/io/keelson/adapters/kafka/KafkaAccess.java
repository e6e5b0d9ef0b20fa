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
 * The way to Kafka: where it is, what it wants to know of us, and what each kind of client must be
 * told so that nothing is lost or overtaken. What an operator says cannot change the latter.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param properties of every client, as Kafka names them: security, mostly
 */
public record KafkaAccess(String bootstrapServers, Map<String, String> properties) {

  /** After this a request has failed; whoever made it tries again. */
  static final int PATIENCE_MILLIS = 10_000;

  private static final int SEND_BUFFER = 32 * 1024 * 1024;
  private static final int BATCH = 128 * 1024;

  public KafkaAccess {
    properties = Map.copyOf(properties);
  }

  Map<String, Object> admin() {
    Map<String, Object> config = client();
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    return config;
  }

  /**
   * A producer that keeps the order: one request at a time, no batch given up while others go on.
   * With more requests under way, what comes behind a batch that was refused could get in before
   * it.
   *
   * @param mostBytes of a record: what is larger is refused before it leaves
   */
  Map<String, Object> producer(int mostBytes) {
    Map<String, Object> config = client();
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    config.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, mostBytes);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, Math.min(BATCH, mostBytes));
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(SEND_BUFFER, 2L * mostBytes));
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return config;
  }

  /** A consumer that keeps no offsets at Kafka and never begins anywhere by itself. */
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
    // How soon the topic of a new producer is found.
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
