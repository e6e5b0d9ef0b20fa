package io.keelson.infra.eventstore.codec;

import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * Converts the payload of one event type from one revision to the next; pure.
 *
 * @param type logical name
 * @param fromRevision the revision that {@code step} takes; it returns the next revision
 */
public record Upcaster(String type, int fromRevision, UnaryOperator<JsonNode> step) {

  /** One for each released revision that is no longer written. */
  static final List<Upcaster> RELEASED = List.of();
}
