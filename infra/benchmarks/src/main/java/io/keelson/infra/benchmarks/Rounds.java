package io.keelson.infra.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Measures two sides turn by turn, so that whatever else the machine does hits both: what counts is
 * the ratio within a round, and of all rounds the one in the middle.
 */
record Rounds(List<Double> ours, List<Double> theirs) {

  static Rounds of(int rounds, Callable<Double> ours, Callable<Double> theirs) throws Exception {
    ours.call(); // the first ones only warm up
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

  Result result(String measure, String unit, String limit, String target) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < ours.size(); round++) {
      ratios.add(ours.get(round) / theirs.get(round));
    }
    return new Result(measure, unit, middle(ours), limit, middle(theirs), middle(ratios), target);
  }

  static double middle(List<Double> values) {
    return share(values, 0.5);
  }

  /** The value that this share of all values does not exceed. */
  static double share(List<Double> values, double share) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }
}
