package io.keelson.adapters.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.ClusterId;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResyncIntervalTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void a_cluster_comes_once_in_each_interval() {
    ClusterId cluster = new ClusterId(new UUID(1, 2));
    Instant first = ResyncInterval.next(cluster, NOW);
    assertThat(first).isAfter(NOW).isBeforeOrEqualTo(NOW.plus(ResyncInterval.LENGTH));
    assertThat(ResyncInterval.next(cluster, first)).isEqualTo(first.plus(ResyncInterval.LENGTH));
    assertThat(ResyncInterval.next(cluster, first.minusMillis(1))).isEqualTo(first);
  }

  @Test
  void many_clusters_are_spread_evenly() {
    Random random = new Random(42);
    Map<Long, Long> perMinute =
        Stream.generate(() -> new ClusterId(new UUID(random.nextLong(), random.nextLong())))
            .limit(10_000)
            .map(cluster -> ResyncInterval.next(cluster, NOW))
            .collect(
                Collectors.groupingBy(
                    due -> (due.toEpochMilli() - NOW.toEpochMilli() - 1) / 60_000,
                    Collectors.counting()));
    assertThat(perMinute).hasSize(10);
    assertThat(perMinute.values()).allSatisfy(count -> assertThat(count).isBetween(850L, 1_150L));
  }
}
