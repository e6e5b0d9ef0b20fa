package io.keelson.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

  @Test
  void the_delay_doubles_until_it_reaches_the_maximum() {
    assertThat(IntStream.rangeClosed(1, 6).mapToObj(BACKOFF::after).map(Duration::toMillis))
        .containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0})
  void without_a_failure_the_delay_is_the_first_one(int failures) {
    assertThat(BACKOFF.after(failures)).isEqualTo(BACKOFF.first());
  }

  @ParameterizedTest
  @ValueSource(ints = {63, 64, 65, 1000, Integer.MAX_VALUE})
  void no_number_of_failures_overflows(int failures) {
    assertThat(BACKOFF.after(failures)).isEqualTo(BACKOFF.max());
  }

  @Test
  void the_largest_maximum_does_not_overflow() {
    Duration largest = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
    Backoff backoff = new Backoff(Duration.ofNanos(1), largest);
    assertThat(backoff.after(64)).isEqualTo(Duration.ofSeconds(9223372036L, 854_775_808));
    assertThat(backoff.after(Integer.MAX_VALUE)).isEqualTo(largest);
  }

  @Test
  void a_constant_delay_is_a_maximum_equal_to_the_first_delay() {
    Backoff constant = new Backoff(Duration.ofMillis(3), Duration.ofMillis(3));
    assertThat(constant.after(1)).isEqualTo(constant.after(7)).isEqualTo(Duration.ofMillis(3));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void a_first_delay_that_is_not_positive_is_refused(long nanos) {
    assertThatThrownBy(() -> new Backoff(Duration.ofNanos(nanos), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_maximum_less_than_the_first_delay_is_refused() {
    assertThatThrownBy(() -> new Backoff(Duration.ofMillis(2), Duration.ofMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
