package io.keelson.adapters.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A topic as somebody else sees it. */
record Topic(String bootstrapServers, String name) {

  private Map<String, Object> config() {
    return Map.of("bootstrap.servers", bootstrapServers);
  }

  void make(int partitions, Map<String, String> settings) throws Exception {
    try (Admin admin = Admin.create(config())) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings)))
          .all()
          .get();
    }
  }

  void set(String setting, String value) throws Exception {
    try (Admin admin = Admin.create(config())) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, name),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry(setting, value), AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  int partitions() throws Exception {
    try (Admin admin = Admin.create(config())) {
      return Objects.requireNonNull(
              admin.describeTopics(List.of(name)).allTopicNames().get().get(name))
          .partitions()
          .size();
    }
  }

  boolean exists() throws Exception {
    try (Admin admin = Admin.create(config())) {
      return admin.listTopics().names().get().contains(name);
    }
  }

  /** All that is in it now, each partition in its order. */
  List<ConsumerRecord<String, byte[]>> records() {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(config(), new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(name).stream()
              .map(partition -> new TopicPartition(name, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
      while (partitions.stream()
          .anyMatch(
              partition ->
                  consumer.position(partition) < Objects.requireNonNull(ends.get(partition)))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  /** For each key the sequences of its events, in the order of their first deliveries. */
  Map<String, List<Long>> firsts() {
    return records().stream()
        .collect(
            Collectors.groupingBy(
                ConsumerRecord::key,
                TreeMap::new,
                Collectors.collectingAndThen(
                    Collectors.mapping(
                        r -> Long.parseLong(header(r, "ce_sequence")), Collectors.toList()),
                    all -> all.stream().distinct().toList())));
  }

  static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(Objects.requireNonNull(record.headers().lastHeader(name)).value(), UTF_8);
  }
}
