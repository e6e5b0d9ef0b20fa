package io.keelson.adapters.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {

  @Test
  void no_fault_occurs_unless_it_is_configured() {
    assertThat(IntStream.range(0, 1_000))
        .noneMatch(i -> Faults.NONE.strike(Fault.LOST_RESPONSE, i));
    assertThat(IntStream.range(0, 1_000))
        .noneMatch(i -> new Faults(1, Map.of(Fault.QUOTA, 1.0)).strike(Fault.LOST_RESPONSE, i));
  }

  @Test
  void it_strikes_as_often_as_it_is_probable() {
    Faults faults = new Faults(42, Map.of(Fault.LOST_RESPONSE, 0.25));
    assertThat(
            IntStream.range(0, 10_000).filter(i -> faults.strike(Fault.LOST_RESPONSE, i)).count())
        .isBetween(2_300L, 2_700L);
  }

  @Test
  void a_seed_always_gives_the_same_and_another_something_else() {
    assertThat(struck(1)).isEqualTo(struck(1)).isNotEqualTo(struck(2));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void a_probability_is_between_zero_and_one(double chance) {
    assertThatThrownBy(() -> new Faults(1, Map.of(Fault.QUOTA, chance)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void a_world_does_not_stand_still_or_run_backwards(double speed) {
    assertThatThrownBy(() -> new Pace(speed, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Integer> struck(long seed) {
    Faults faults = new Faults(seed, Map.of(Fault.LOST_RESPONSE, 0.25));
    return IntStream.range(0, 100)
        .filter(i -> faults.strike(Fault.LOST_RESPONSE, i))
        .boxed()
        .toList();
  }
}
