package io.keelson.infra.app.release;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.release.Release;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The releases that a new installation offers ({@code releases.json}). Their dates are those of
 * Kapsule's version policy around an anchor day. All dates move by the days between the anchor and
 * the first start, so that the offer is current at any time.
 */
record ReleaseOffer(LocalDate anchor, List<Minor> minors) {

  /** One minor version, and the release day of each of its patches. */
  record Minor(
      String minor,
      LocalDate releasedAt,
      LocalDate deprecatedAt,
      LocalDate endOfLifeAt,
      List<String> cnis,
      List<String> containerRuntimes,
      List<String> featureGates,
      List<String> admissionPlugins,
      Map<String, String> kubeletArgs,
      Map<KubernetesVersion, LocalDate> patches) {

    private Stream<Release> releases(Duration shift) {
      return patches.entrySet().stream()
          .map(
              patch ->
                  new Release(
                      patch.getKey(),
                      shifted(releasedAt, shift),
                      shifted(patch.getValue(), shift),
                      shifted(deprecatedAt, shift),
                      shifted(endOfLifeAt, shift),
                      cnis,
                      containerRuntimes,
                      featureGates,
                      admissionPlugins,
                      kubeletArgs));
    }
  }

  static ReleaseOffer read() {
    JsonMapper mapper =
        JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
    try (InputStream in = ReleaseOffer.class.getResourceAsStream("/releases.json")) {
      return mapper.readValue(in, ReleaseOffer.class);
    } catch (IOException e) {
      throw new UncheckedIOException("releases.json cannot be read", e);
    }
  }

  /** The releases with their dates moved as if {@code firstStart} were the anchor day. */
  List<Release> at(Instant firstStart) {
    Instant day = firstStart.truncatedTo(ChronoUnit.DAYS);
    Duration shift = Duration.between(start(anchor), day);
    return minors.stream().flatMap(minor -> minor.releases(shift)).toList();
  }

  private static Instant shifted(LocalDate date, Duration shift) {
    return start(date).plus(shift);
  }

  private static Instant start(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
