package io.keelson.adapters.simulator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Instants of which some may not be known yet. */
final class Instants {

  private Instants() {}

  static Stream<Instant> known(@Nullable Instant... instants) {
    return Arrays.stream(instants).flatMap(Stream::ofNullable);
  }

  /** The first whole microsecond that is not before an instant. */
  static Instant wholeMicros(Instant instant) {
    Instant before = instant.truncatedTo(ChronoUnit.MICROS);
    return before.equals(instant) ? instant : before.plus(1, ChronoUnit.MICROS);
  }
}
