package io.keelson.adapters.simulator;

import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Instants of which some may not be known yet. */
final class Instants {

  private Instants() {}

  static Stream<Instant> known(@Nullable Instant... instants) {
    return Arrays.stream(instants).flatMap(Stream::ofNullable);
  }
}
