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

/** The SQL of the intake. Each method joins the transaction that it finds; it decides nothing. */
final class IntakeTables {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JdbcClient sql;

  IntakeTables(DataSource database) {
    sql = JdbcClient.create(database);
  }

  /** The partition has been claimed by another since: whatever was done must come to nothing. */
  static final class Fenced extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private Fenced(PartitionLease claim) {
      super(claim.partition() + " is not ours any more", null, false, false);
    }
  }

  /** What became of an event at its first delivery; the names are kept, so they never change. */
  enum Outcome {
    APPLIED,
    LATE,
    QUARANTINED
  }

  /** Takes a partition over; whoever had it before can write no more. */
  PartitionLease claimed(TopicPartition partition) {
    return sql.sql(
            """
            insert into kafka.intake_offset as o (topic, partition, claim)
            values (:topic, :partition, 1)
            on conflict (topic, partition) do update set claim = o.claim + 1
            returning claim, next_offset
            """)
        .param("topic", partition.topic())
        .param("partition", partition.partition())
        .query(
            (row, _) ->
                new PartitionLease(
                    partition, row.getLong("claim"), row.getObject("next_offset", Long.class)))
        .single();
  }

  /**
   * Keeps where to go on.
   *
   * @throws Fenced when the claim is not the last one
   */
  void advance(PartitionLease claim, long nextOffset) {
    int rows =
        sql.sql(
                """
                update kafka.intake_offset set next_offset = :next
                where topic = :topic and partition = :partition and claim = :claim
                """)
            .param("next", nextOffset)
            .param("topic", claim.partition().topic())
            .param("partition", claim.partition().partition())
            .param("claim", claim.number())
            .update();
    if (rows == 0) {
      throw new Fenced(claim);
    }
  }

  /** Whether it has been taken; what was put into quarantine may have a better fate now. */
  boolean knows(String source, String id) {
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
   * What is kept of an event's first delivery.
   *
   * @param stream that has taken it, up to {@code streamVersion}; null: none has
   */
  record Receipt(
      Outcome outcome,
      @Nullable UUID stream,
      @Nullable Long streamVersion,
      @Nullable UUID quarantine) {}

  /**
   * Keeps what became of an event.
   *
   * @return false when it has been taken already: then nothing is kept
   */
  boolean keep(
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

  void keepDuplicate(ConsumerRecord<?, ?> record, String producer, IntakeEvent event, Instant at) {
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

  /** Keeps a record byte for byte. */
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
