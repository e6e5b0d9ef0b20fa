package io.keelson.aggregates.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.aggregates.release.ReleaseState.Absent;
import io.keelson.aggregates.release.ReleaseState.Published;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.release.Release;
import io.keelson.commands.release.ReleaseCommand.PublishRelease;
import io.keelson.commands.release.ReleaseEvent.ReleasePublished;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReleaseDeciderTest {

  private static Release released(Instant at) {
    return new Release(
        KubernetesVersion.of("1.35.3"),
        at,
        at,
        at.plus(Duration.ofDays(365)),
        at.plus(Duration.ofDays(425)),
        List.of("cilium"),
        List.of("containerd"),
        List.of(),
        List.of(),
        Map.of());
  }

  @Test
  void is_published_once_and_the_first_word_counts() {
    Release first = released(Instant.parse("2026-01-19T00:00:00Z"));
    Release later = released(Instant.parse("2026-02-19T00:00:00Z"));
    assertThat(ReleaseDecider.decide(new PublishRelease(first), new Absent()))
        .containsExactly(new ReleasePublished(first));
    assertThat(ReleaseDecider.decide(new PublishRelease(first), new Published(first))).isEmpty();
    assertThat(ReleaseDecider.decide(new PublishRelease(later), new Published(first))).isEmpty();
    assertThat(ReleaseDecider.evolve(new Absent(), new ReleasePublished(first)))
        .isEqualTo(new Published(first));
  }
}
