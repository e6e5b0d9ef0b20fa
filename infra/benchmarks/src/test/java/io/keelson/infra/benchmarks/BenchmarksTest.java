package io.keelson.infra.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarksTest {

  @Test
  void everything_is_measured(@TempDir Path directory) throws Exception {
    List<Measurement> results = Benchmarks.run(directory, Scale.TINY);
    assertThat(results).hasSize(9).allMatch(result -> result.ours() > 0 && result.theirs() > 0);
  }

  @Test
  void the_median_of_the_rounds_is_the_result() {
    assertThat(Rounds.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5.0);
    assertThat(Rounds.quantile(List.of(1.0, 2.0, 3.0, 4.0), 0.95)).isEqualTo(4.0);
    Rounds rounds = new Rounds(List.of(10.0, 90.0, 20.0), List.of(10.0, 10.0, 10.0));
    assertThat(rounds.result("", "", "", "").ratio()).isEqualTo(2.0);
  }
}
