package io.keelson.adapters.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  private final ObserverPace pace =
      new ObserverPace(Duration.ofMillis(300), Duration.ofSeconds(10));
  private final Retry<Void> retry = new Retry<>(Duration.ofMillis(250), Duration.ofSeconds(15));

  @Test
  void news_bring_the_shortest_pause() {
    assertThat(pace.after(Duration.ofSeconds(10), true, false)).isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void looks_without_news_grow_rare() {
    Duration pause = Duration.ZERO;
    for (int i = 0; i < 3; i++) {
      pause = pace.after(pause, false, false);
    }
    assertThat(pause).isEqualTo(Duration.ofMillis(1_200));
    for (int i = 0; i < 20; i++) {
      pause = pace.after(pause, false, false);
    }
    assertThat(pause).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void what_moves_is_not_left_alone_for_long() {
    assertThat(pace.after(Duration.ofSeconds(10), false, true)).isEqualTo(Duration.ofMillis(1_200));
  }

  @Test
  void retries_grow_rare_but_never_end() {
    assertThat(retry.delayAfter(0)).isEqualTo(Duration.ofMillis(250));
    assertThat(retry.delayAfter(3)).isEqualTo(Duration.ofSeconds(2));
    assertThat(retry.delayAfter(1_000_000)).isEqualTo(Duration.ofSeconds(15));
  }
}
