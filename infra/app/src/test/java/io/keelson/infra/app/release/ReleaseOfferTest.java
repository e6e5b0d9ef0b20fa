package io.keelson.infra.app.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.release.Release;
import io.keelson.commands.release.Release.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseOfferTest {

  private static Map<String, Stage> stages(List<Release> offer, Instant now) {
    return offer.stream()
        .collect(Collectors.toMap(r -> r.version().toString(), r -> r.stage(offer, now)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-09-05T00:00:00Z", "2026-11-22T21:00:00Z", "2031-02-28T23:59:59Z"})
  void is_the_same_whenever_it_is_first_started(String firstStart) {
    Instant now = Instant.parse(firstStart);
    assertThat(stages(ReleaseOffer.read().at(now), now))
        .isEqualTo(
            Map.of(
                "1.36.1", Stage.SUPPORTED,
                "1.35.3", Stage.SUPPORTED,
                "1.35.2", Stage.SUPPORTED,
                "1.34.6", Stage.SUPPORTED,
                "1.33.10", Stage.DEPRECATED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-22T21:00:00Z"})
  void a_superseded_patch_can_be_selected_for_thirty_days(String firstStart) {
    Instant start = Instant.parse(firstStart);
    List<Release> offer = ReleaseOffer.read().at(start);
    Instant newer =
        offer.stream()
            .filter(r -> r.version().equals(KubernetesVersion.of("1.35.3")))
            .findFirst()
            .orElseThrow()
            .publishedAt();
    Instant over = newer.plus(Duration.ofDays(30));
    assertThat(stages(offer, over.minusNanos(1))).containsEntry("1.35.2", Stage.SUPPORTED);
    assertThat(stages(offer, over)).containsEntry("1.35.2", Stage.SUPERSEDED);
  }
}
