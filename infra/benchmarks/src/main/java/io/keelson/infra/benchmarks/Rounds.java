package io.keelson.infra.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Measures two sides alternately, so that other load of the machine affects both. The result is the
 * ratio within a round, and the median of all rounds.
 */
record Rounds(List<Double> ours, List<Double> theirs) {

  static Rounds of(int rounds, Callable<Double> ours, Callable<Double> theirs) throws Exception {
    ours.call(); // the first call of each side only warms up
    theirs.call();
    Rounds measured = new Rounds(new ArrayList<>(), new ArrayList<>());
    for (int round = 0; round < rounds; round++) {
      if (round % 2 == 0) {
        measured.ours.add(ours.call());
        measured.theirs.add(theirs.call());
      } else {
        measured.theirs.add(theirs.call());
        measured.ours.add(ours.call());
      }
    }
    return measured;
  }

  Measurement result(String measure, String unit, String limit, String target) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < ours.size(); round++) {
      ratios.add(ours.get(round) / theirs.get(round));
    }
    return new Measurement(
        measure, unit, median(ours), limit, median(theirs), median(ratios), target);
  }

  static double median(List<Double> values) {
    return quantile(values, 0.5);
  }

  /** The value that the given fraction of all values does not exceed. */
  static double quantile(List<Double> values, double fraction) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.ceil(fraction * sorted.size()) - 1);
  }
}
