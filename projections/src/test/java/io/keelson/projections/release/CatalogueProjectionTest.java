package io.keelson.projections.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.release.Release;
import io.keelson.commands.release.ReleaseEvent.ReleasePublished;
import io.keelson.infra.testing.TestPostgres;
import io.keelson.projections.Processor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CatalogueProjectionTest {

  private static final DataSource DATABASE = TestPostgres.database("readmodel");
  private static final Instant NOW = Instant.parse("2026-07-03T09:13:59.300254Z");

  private final ReleaseTable table = new ReleaseTable(DATABASE);
  private final Processor processor = new Processor(new CatalogueProjection(table), DATABASE);

  @BeforeEach
  void empty() {
    processor.reset();
  }

  @Test
  void shows_all_releases_newest_version_first() {
    processor.deliver(
        List.of(
            published(0, release("1.9.10", "old")),
            published(0, release("1.35.3", "a")),
            published(0, release("1.100.0", "b")),
            published(0, release("1.35.12", "c"))));

    assertThat(table.releases().stream().map(r -> r.version().toString()))
        .containsExactly("1.100.0", "1.35.12", "1.35.3", "1.9.10");
    assertThat(table.release(KubernetesVersion.of("1.35.3"))).contains(release("1.35.3", "a"));
    assertThat(table.release(KubernetesVersion.of("1.35.4"))).isEmpty();
  }

  @Test
  void shows_what_was_published_last_however_often_the_earlier_comes() {
    DomainEventMessage<?> first = published(0, release("1.35.3", "first"));
    DomainEventMessage<?> second = published(1, release("1.35.3", "second"));

    processor.deliver(List.of(first));
    processor.deliverAndDie(List.of(second));
    assertThat(table.releases()).containsExactly(release("1.35.3", "first"));

    processor.deliver(List.of(first, second));
    processor.deliver(List.of(first));
    assertThat(table.releases()).containsExactly(release("1.35.3", "second"));
  }

  @Test
  void is_empty_after_a_reset() {
    processor.deliver(List.of(published(0, release("1.35.3", "a"))));

    processor.reset();

    assertThat(table.releases()).isEmpty();
  }

  private static DomainEventMessage<?> published(long version, Release release) {
    return Processor.message(new ReleasePublished(release), version, NOW, Map.of());
  }

  private static Release release(String version, String gate) {
    return new Release(
        KubernetesVersion.of(version),
        NOW,
        NOW.plusSeconds(1),
        NOW.plusSeconds(2),
        NOW.plusSeconds(3),
        List.of("cilium"),
        List.of("containerd"),
        List.of(gate),
        List.of("AlwaysPullImages"),
        Map.of("maxPods", "uint16"));
  }
}
