package io.keelson.adapters.rest.response;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The format of instants, durations and enums in the Kubernetes API v1. */
public final class ApiFormat {
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ApiFormat() {}

  /** {@code 2026-07-03T09:13:59.300254Z}: always with six decimals. */
  public static String instant(Instant instant) {
    return MICROSECONDS.format(instant);
  }

  /** {@code 2026-07-03T00:00:00Z}: the format recorded for the dates of versions. */
  public static String date(Instant instant) {
    return instant.equals(instant.truncatedTo(ChronoUnit.SECONDS))
        ? instant.toString()
        : instant(instant);
  }

  /** {@code 2592000s}. */
  public static String seconds(Duration duration) {
    return duration.toSeconds() + "s";
  }

  public static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
