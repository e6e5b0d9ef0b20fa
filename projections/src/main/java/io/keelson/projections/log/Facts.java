package io.keelson.projections.log;

import io.keelson.commands.Id;
import io.keelson.commands.Origin;
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
 * What can be told of an event without its class: from its place in the log, and from members of
 * its JSON that mean the same in every event. So an event of a type that only a newer program knows
 * is no obstacle; what cannot be read is as if it had not been said, and must never stop the log.
 */
final class Facts {

  private static final Logger LOG = LoggerFactory.getLogger(Facts.class);
  private static final JsonMapper JSON = JsonMapper.shared();

  final LogEntry entry;
  final Origin origin;
  private final JsonNode data;

  Facts(LogEntry entry) {
    this.entry = entry;
    this.origin = origin(entry);
    this.data = data(entry);
  }

  @Nullable UUID cluster() {
    return entry.cluster() == null ? null : entry.cluster().value();
  }

  /** The one node that it is about: of its stream, named in it, or named in a run's plan. */
  @Nullable UUID node() {
    return entry.streamType().equals("node")
        ? entry.stream()
        : Stream.of("/node_id", "/node", "/plan/node")
            .map(place -> id(data.at(place)))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
  }

  /** In events of calls the member of that name is the API's operation, and no UUID. */
  @Nullable UUID operation() {
    if (entry.streamType().equals("operation")) {
      return entry.stream();
    }
    UUID named = id("operation");
    UUID behind = origin.operation() == null ? null : origin.operation().value();
    return named == null ? behind : named;
  }

  @Nullable UUID organization() {
    return entry.streamType().equals("access") ? entry.stream() : id("organization");
  }

  /** A UUID under that name, if there is one. */
  @Nullable UUID id(String name) {
    return id(data.path(name));
  }

  private static @Nullable UUID id(JsonNode value) {
    return value.isString() && Id.FORM.matcher(value.stringValue()).matches()
        ? UUID.fromString(value.stringValue())
        : null;
  }

  /** The UUIDs in a list under that name, or those under {@code id} in a list of objects. */
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

  /** A text under that name, if there is one. */
  @Nullable String text(String name) {
    JsonNode value = data.path(name);
    return value.isString() ? value.stringValue() : null;
  }

  /** The same, for people. */
  String said(String name) {
    String text = text(name);
    return text == null ? "unknown" : text;
  }

  private static Origin origin(LogEntry entry) {
    try {
      return entry.origin();
    } catch (IllegalArgumentException | DateTimeException e) {
      LOG.warn(
          "{} at {} does not say who was behind it: {}", entry.type(), at(entry), e.toString());
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
