package io.keelson.commands.log;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Origin;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event at its place in the log, as it is stored. A reader that passes it on needs no knowledge
 * of its type, so an older program passes on what a newer one has written.
 *
 * @param position its log position: from 1, without gaps, never given twice
 * @param type logical name, {@code cluster.creation-started}
 * @param revision of the shape of {@code data}, from 1
 * @param open whether other services may see it
 * @param streamType {@code cluster}, {@code node}...
 * @param streamVersion its number in its stream, from 0
 * @param cluster the cluster that it is about, where there is one
 * @param occurredAt when it happened, as its source reports it
 * @param recordedAt when it was stored
 * @param data JSON object, UTF-8
 * @param metadata who was behind it and why: {@link Origin#of} reads it
 */
@SuppressWarnings(
    "ArrayRecordComponent") // the bytes are what it is for; no code compares two of them
public record LogEntry(
    long position,
    UUID id,
    String type,
    int revision,
    boolean open,
    UUID stream,
    String streamType,
    long streamVersion,
    @Nullable ClusterId cluster,
    Instant occurredAt,
    Instant recordedAt,
    byte[] data,
    Map<String, Object> metadata) {

  public LogEntry {
    metadata = Map.copyOf(metadata);
  }

  public Origin origin() {
    return Origin.of(metadata);
  }
}
