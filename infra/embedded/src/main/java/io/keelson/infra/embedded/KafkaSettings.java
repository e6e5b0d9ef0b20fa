package io.keelson.infra.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The settings of a broker. Every setting that the durability of a record depends on is explicit.
 */
final class KafkaSettings {

  static final String CONTROLLER = "CONTROLLER";

  private static final int MEBIBYTE = 1024 * 1024;

  /** One node, so every replication factor is 1. */
  private static final Map<String, Object> ALWAYS =
      Map.ofEntries(
          Map.entry("process.roles", "broker,controller"),
          Map.entry("node.id", KafkaData.NODE),
          Map.entry("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT"),
          Map.entry("inter.broker.listener.name", "CLIENTS"),
          Map.entry("controller.listener.names", CONTROLLER),
          Map.entry("default.replication.factor", 1),
          Map.entry("offsets.topic.replication.factor", 1),
          Map.entry("offsets.topic.num.partitions", 4),
          Map.entry("transaction.state.log.replication.factor", 1),
          Map.entry("transaction.state.log.min.isr", 1),
          Map.entry("transaction.state.log.num.partitions", 4),
          Map.entry("share.coordinator.state.topic.replication.factor", 1),
          Map.entry("share.coordinator.state.topic.min.isr", 1),
          Map.entry("share.coordinator.state.topic.num.partitions", 4),
          // There is no replica, so a record is on disk before it is acknowledged.
          Map.entry("log.flush.interval.messages", 1),
          Map.entry("num.partitions", 12),
          Map.entry("auto.create.topics.enable", false),
          Map.entry("message.max.bytes", 16 * MEBIBYTE),
          // After a kill the last segment of each partition has to be read again.
          Map.entry("log.segment.bytes", 64 * MEBIBYTE),
          // After a kill the new run can register once this session has timed out.
          Map.entry("broker.session.timeout.ms", 1000),
          Map.entry("broker.heartbeat.interval.ms", 200),
          // No other broker can take over, and the wait for one has no configurable limit.
          Map.entry("controlled.shutdown.enable", false),
          Map.entry("auto.leader.rebalance.enable", false),
          // Each idle record is a write to disk without a use.
          Map.entry("metadata.max.idle.interval.ms", 5000),
          // A group detects a dead member within six seconds, with either protocol.
          Map.entry("group.initial.rebalance.delay.ms", 0),
          Map.entry("group.min.session.timeout.ms", 6000),
          Map.entry("group.consumer.min.session.timeout.ms", 6000),
          Map.entry("group.consumer.session.timeout.ms", 6000),
          Map.entry("group.consumer.min.heartbeat.interval.ms", 1000),
          Map.entry("group.consumer.heartbeat.interval.ms", 2000),
          // A small broker inside another program.
          Map.entry("num.network.threads", 2),
          Map.entry("num.io.threads", 4),
          Map.entry("background.threads", 2),
          Map.entry("log.cleaner.dedupe.buffer.size", 16 * MEBIBYTE));

  private KafkaSettings() {}

  static Map<String, String> of(Path data, int port, int controllerPort) {
    String host = ServerPort.HOST;
    Map<String, String> settings = new HashMap<>();
    ALWAYS.forEach((name, value) -> settings.put(name, value.toString()));
    settings.put("log.dirs", data.toString());
    settings.put(
        "listeners",
        "CLIENTS://%s:%d,CONTROLLER://%s:%d".formatted(host, port, host, controllerPort));
    settings.put("advertised.listeners", "CLIENTS://%s:%d".formatted(host, port));
    settings.put(
        "controller.quorum.voters", "%d@%s:%d".formatted(KafkaData.NODE, host, controllerPort));
    return settings;
  }
}
