package io.keelson.projections;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One event as a row receives it.
 *
 * @param version its number in its stream, from 0
 * @param at when it was recorded
 * @param metadata the origin, as {@link io.keelson.commands.Origin#of} reads it
 */
public record Delivery<E>(E event, long version, Instant at, Map<String, ?> metadata) {

  /** The deliveries of events of one type, in the same order. */
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
