package io.keelson.projections;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One event as it is handed to a row.
 *
 * @param version its number in its stream, from 0
 * @param at when it was recorded
 * @param metadata who was behind it and why
 */
public record Delivery<E>(E event, long version, Instant at, Map<String, ?> metadata) {

  /** Those of a type, in their order. */
  public static <T> List<Delivery<T>> only(Class<T> type, List<? extends Delivery<?>> all) {
    List<Delivery<T>> found = new ArrayList<>();
    for (Delivery<?> d : all) {
      if (type.isInstance(d.event)) {
        found.add(new Delivery<>(type.cast(d.event), d.version, d.at, d.metadata));
      }
    }
    return found;
  }
}
