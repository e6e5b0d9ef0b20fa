package io.keelson.adapters.kafka;

import io.keelson.adapters.kafka.Unacceptable.Reason;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * The SQL of the intake. Each method takes part in the current transaction, if there is one. No
 * rule is decided here.
 */
final class IntakeTables {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JdbcClient sql;

  IntakeTables(DataSource database) {
    sql = JdbcClient.create(database);
  }

  /** Another consumer has acquired the lease; the transaction must be rolled back. */
  static final class Fenced extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private Fenced(PartitionLease lease) {
      super(lease.partition() + " is leased to another consumer", null, false, false);
    }
  }

  /** The outcome of an event's first delivery. The names are stored, so they never change. */
  enum Outcome {
    APPLIED,
    LATE,
    QUARANTINED
  }

  /**
   * Acquires the lease of a partition. Every earlier lease of it ends: its holder can write no
   * more.
   */
  PartitionLease acquire(TopicPartition partition) {
    return sql.sql(
            """
            insert into kafka.intake_offset as o (topic, partition, epoch)
            values (:topic, :partition, 1)
            on conflict (topic, partition) do update set epoch = o.epoch + 1
            returning epoch, next_offset
            """)
        .param("topic", partition.topic())
        .param("partition", partition.partition())
        .query(
            (row, _) ->
                new PartitionLease(
                    partition, row.getLong("epoch"), row.getObject("next_offset", Long.class)))
        .single();
  }

  /**
   * Stores the next offset.
   *
   * @throws Fenced when a newer lease exists
   */
  void advance(PartitionLease lease, long nextOffset) {
    int rows =
        sql.sql(
                """
                update kafka.intake_offset set next_offset = :next
                where topic = :topic and partition = :partition and epoch = :epoch
                """)
            .param("next", nextOffset)
            .param("topic", lease.partition().topic())
            .param("partition", lease.partition().partition())
            .param("epoch", lease.epoch())
            .update();
    if (rows == 0) {
      throw new Fenced(lease);
    }
  }

  /**
   * Whether the event is processed. An event in quarantine is not: a later delivery may succeed.
   */
  boolean isProcessed(String source, String id) {
    return sql.sql(
                """
                select count(*) from kafka.receipt
                where source = :source and event_id = :id and outcome <> 'quarantined'
                """)
            .param("source", source)
            .param("id", id)
            .query(Integer.class)
            .single()
        > 0;
  }

  /**
   * The outcome of an event's first delivery.
   *
   * @param stream the stream that has processed the event, up to {@code streamVersion}; null: none
   *     has
   */
  record Receipt(
      Outcome outcome,
      @Nullable UUID stream,
      @Nullable Long streamVersion,
      @Nullable UUID quarantine) {}

  /**
   * Stores the outcome of an event.
   *
   * @return false when the event is processed already; then nothing is stored
   */
  boolean saveReceipt(
      ConsumerRecord<?, ?> record,
      String producer,
      IntakeEvent event,
      Receipt receipt,
      Instant at) {
    return sql.sql(
                """
                insert into kafka.receipt
                  (source, event_id, producer, type, outcome, stream, stream_version, quarantine,
                   received_at, topic, partition, record_offset)
                values (:source, :id, :producer, :type, :outcome, :stream::uuid, :version::bigint,
                   :quarantine::uuid, :at, :topic, :partition, :offset)
                on conflict (source, event_id) do update
                set outcome = excluded.outcome, stream = excluded.stream,
                    stream_version = excluded.stream_version, quarantine = excluded.quarantine
                where receipt.outcome = 'quarantined'
                """)
            .param("source", event.source())
            .param("id", event.id())
            .param("producer", producer)
            .param("type", event.type())
            .param("outcome", receipt.outcome().name().toLowerCase(Locale.ROOT))
            .param("stream", receipt.stream())
            .param("version", receipt.streamVersion())
            .param("quarantine", receipt.quarantine())
            .param("at", at.atOffset(ZoneOffset.UTC))
            .param("topic", record.topic())
            .param("partition", record.partition())
            .param("offset", record.offset())
            .update()
        > 0;
  }

  void saveDuplicate(ConsumerRecord<?, ?> record, String producer, IntakeEvent event, Instant at) {
    sql.sql(
            """
            insert into kafka.duplicate
              (source, event_id, producer, received_at, topic, partition, record_offset)
            values (:source, :id, :producer, :at, :topic, :partition, :offset)
            on conflict do nothing
            """)
        .param("source", event.source())
        .param("id", event.id())
        .param("producer", producer)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("topic", record.topic())
        .param("partition", record.partition())
        .param("offset", record.offset())
        .update();
  }

  /** Stores a record byte for byte. */
  void quarantine(
      UUID id,
      ConsumerRecord<byte[], byte[]> record,
      String producer,
      @Nullable IntakeEvent event,
      Reason reason,
      String detail,
      Instant at) {
    sql.sql(
            """
            insert into kafka.quarantine
              (id, reason, detail, producer, source, event_id, topic, partition, record_offset,
               received_at, record_key, headers, record_value)
            values (:id, :reason, :detail, :producer, :source, :event, :topic, :partition, :offset,
               :at, :key, :headers, :value)
            """)
        .param("id", id)
        .param("reason", reason.name().toLowerCase(Locale.ROOT))
        .param("detail", detail.replace('\0', '\uFFFD'))
        .param("producer", producer)
        .param("source", event == null ? null : event.source())
        .param("event", event == null ? null : event.id())
        .param("topic", record.topic())
        .param("partition", record.partition())
        .param("offset", record.offset())
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("key", record.key())
        .param("headers", headers(record))
        .param("value", record.value())
        .update();
  }

  private static byte[] headers(ConsumerRecord<?, ?> record) {
    List<Map<String, @Nullable String>> headers = new ArrayList<>();
    for (Header header : record.headers()) {
      Map<String, @Nullable String> one = new HashMap<>();
      one.put("key", header.key());
      one.put(
          "value",
          header.value() == null ? null : Base64.getEncoder().encodeToString(header.value()));
      headers.add(one);
    }
    return JSON.writeValueAsBytes(headers);
  }
}
