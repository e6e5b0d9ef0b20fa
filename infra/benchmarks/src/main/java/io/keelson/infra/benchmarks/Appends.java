package io.keelson.infra.benchmarks;

import io.keelson.commands.NodeId;
import io.keelson.commands.node.NodeEvent;
import io.keelson.infra.eventstore.codec.EventCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * One event per transaction, by one, several and many writers, each in a stream of its own. It is
 * compared with the same BEGIN, INSERT and COMMIT on the same pool, into the same table, without
 * Axon.
 */
final class Appends {

  private static final String INSERT =
      """
      insert into eventstore.event
      (stream, stream_type, version, id, type, revision, cluster, recorded_at, payload, metadata)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;

  private Appends() {}

  static Measurement measure(Database database, Scale scale, int writers, String target)
      throws Exception {
    database.empty();
    try (OwnEngine engine = new OwnEngine(database)) {
      return Rounds.of(
              scale.rounds(), () -> ours(engine, scale, writers), () -> raw(engine, scale, writers))
          .result("append, " + writers + " writers", "/s", "raw inserts", target);
    }
  }

  private static double ours(OwnEngine engine, Scale scale, int writers) throws Exception {
    List<NodeId> streams = Nodes.some(writers);
    long[] versions = new long[writers];
    return Callers.during(
        scale.appending(),
        writers,
        writer -> {
          long version = versions[writer]++;
          engine.append(
              streams.get(writer), version, List.of(Nodes.event(streams.get(writer), version)));
        });
  }

  private static double raw(OwnEngine engine, Scale scale, int writers) throws Exception {
    EventCodec codec = new EventCodec();
    List<NodeId> streams = Nodes.some(writers);
    List<byte[]> payloads =
        streams.stream()
            .map(stream -> codec.encodeState(Nodes.event(stream, 0), NodeEvent.class))
            .toList();
    byte[] metadata = codec.encodeState(Nodes.ORIGIN.toMetadata(), Map.class);
    long[] versions = new long[writers];
    return Callers.during(
        scale.appending(),
        writers,
        writer ->
            insert(
                engine.pool(),
                streams.get(writer),
                versions[writer]++,
                payloads.get(writer),
                metadata));
  }

  private static void insert(
      DataSource pool, NodeId stream, long version, byte[] payload, byte[] metadata)
      throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        insert.setObject(1, stream.value());
        insert.setString(2, "node");
        insert.setLong(3, version);
        insert.setObject(4, UUID.randomUUID());
        insert.setString(5, "node.phase-changed");
        insert.setInt(6, 1);
        insert.setObject(7, stream.value());
        insert.setObject(8, OffsetDateTime.now(ZoneOffset.UTC));
        insert.setBytes(9, payload);
        insert.setBytes(10, metadata);
        insert.executeUpdate();
      }
      connection.commit();
    }
  }
}
