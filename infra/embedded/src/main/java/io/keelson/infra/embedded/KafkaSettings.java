package io.keelson.infra.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What a broker is told. Everything that the life of a record depends on is said here. */
final class KafkaSettings {

  static final String CONTROLLER = "CONTROLLER";

  private static final int MEBIBYTE = 1024 * 1024;

  /** One node: whatever is kept elsewhere in several copies has one here. */
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
          // There is no copy to recover from: on disk before it is acknowledged.
          Map.entry("log.flush.interval.messages", 1),
          Map.entry("num.partitions", 12),
          Map.entry("auto.create.topics.enable", false),
          Map.entry("message.max.bytes", 16 * MEBIBYTE),
          // What has to be read again after a kill is the last segment of each partition.
          Map.entry("log.segment.bytes", 64 * MEBIBYTE),
          // A killed broker is forgotten, and taken back, after this.
          Map.entry("broker.session.timeout.ms", 1000),
          Map.entry("broker.heartbeat.interval.ms", 200),
          // There is nobody to hand over to, and the wait for it has no limit of ours.
          Map.entry("controlled.shutdown.enable", false),
          Map.entry("auto.leader.rebalance.enable", false),
          // Each is a write to disk, and tells nobody but ourselves that nothing happens.
          Map.entry("metadata.max.idle.interval.ms", 5000),
          // A group notices a dead member in six seconds, with either protocol.
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
