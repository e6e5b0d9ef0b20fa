package io.keelson.projections.log;

import io.keelson.commands.Id;
import io.keelson.commands.Origin;
import io.keelson.commands.SecretRef;
import io.keelson.commands.log.LogEntry;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What is known of an event without its class: its columns in the log, and the members of its JSON
 * that mean the same in every event. So a program can record an event of a type that only a newer
 * program knows. A member that cannot be read counts as absent, and never stops the log.
 */
final class EntryFacts {

  private static final Logger LOG = LoggerFactory.getLogger(EntryFacts.class);
  private static final JsonMapper JSON = JsonMapper.shared();

  final LogEntry entry;
  final Origin origin;
  private final JsonNode data;

  EntryFacts(LogEntry entry) {
    this.entry = entry;
    this.origin = origin(entry);
    this.data = data(entry);
  }

  @Nullable UUID cluster() {
    return entry.cluster() == null ? null : entry.cluster().value();
  }

  /** The one node that it is about: its stream's, a member of its JSON, or that of a run's plan. */
  @Nullable UUID node() {
    return entry.streamType().equals("node")
        ? entry.stream()
        : Stream.of("/node_id", "/node", "/plan/node")
            .map(place -> id(data.at(place)))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
  }

  /**
   * The run that it belongs to: its stream, a member of its JSON, or the run on whose behalf it was
   * made. In events of calls the member of that name is the API's operation, and no UUID.
   */
  @Nullable UUID operation() {
    if (entry.streamType().equals("operation")) {
      return entry.stream();
    }
    UUID named = id("operation");
    UUID onBehalfOf = origin.operation() == null ? null : origin.operation().value();
    return named == null ? onBehalfOf : named;
  }

  @Nullable UUID organization() {
    return entry.streamType().equals("access") ? entry.stream() : id("organization");
  }

  /** The UUID of that name, if there is one. */
  @Nullable UUID id(String name) {
    return id(data.path(name));
  }

  private static @Nullable UUID id(JsonNode value) {
    return value.isString() && Id.FORM.matcher(value.stringValue()).matches()
        ? UUID.fromString(value.stringValue())
        : null;
  }

  /** The UUIDs in a list of that name, or those called {@code id} in a list of objects. */
  List<UUID> ids(String name) {
    return data.path(name)
        .valueStream()
        .map(item -> id(item.isObject() ? item.path("id") : item))
        .filter(Objects::nonNull)
        .toList();
  }

  /** A whole number at a JSON pointer, 0 where there is none. */
  long number(String pointer) {
    return data.at(pointer).asLong(0);
  }

  /** The text of that name, if there is one. */
  @Nullable String text(String name) {
    JsonNode value = data.path(name);
    return value.isString() ? value.stringValue() : null;
  }

  /** The same, for people. */
  String shown(String name) {
    String text = text(name);
    return text == null ? "unknown" : text;
  }

  /** The reference to a secret of that name, if there is one. */
  @Nullable SecretRef secret(String name) {
    JsonNode value = data.path(name);
    try {
      return value.isMissingNode() ? null : JSON.treeToValue(value, SecretRef.class);
    } catch (JacksonException e) {
      LOG.warn(
          "{} at {} has no readable reference to a secret: {}",
          entry.type(),
          at(entry),
          e.getOriginalMessage());
      return null;
    }
  }

  private static Origin origin(LogEntry entry) {
    try {
      return entry.origin();
    } catch (IllegalArgumentException | DateTimeException e) {
      LOG.warn("{} at {} has no readable origin: {}", entry.type(), at(entry), e.toString());
      return Origin.of(Map.of());
    }
  }

  private static JsonNode data(LogEntry entry) {
    try {
      return JSON.readTree(entry.data());
    } catch (JacksonException e) {
      LOG.warn("{} at {} is not JSON: {}", entry.type(), at(entry), e.getOriginalMessage());
      return JsonNodeFactory.instance.objectNode();
    }
  }

  private static long at(LogEntry entry) {
    return entry.position();
  }
}
