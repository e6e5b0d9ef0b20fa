package io.keelson.infra.benchmarks;

import java.util.Locale;

/**
 * One line of the table.
 *
 * @param limit the name of the other side
 * @param ratio ours divided by theirs, the median of all rounds
 * @param target the required ratio, or with a unit the required number of ours
 */
record Measurement(
    String measure,
    String unit,
    double ours,
    String limit,
    double theirs,
    double ratio,
    String target) {

  static final String HEADER =
      "%-34s %12s   %-22s %12s %8s   %s"
          .formatted("measure", "Keelson", "compared with", "", "ratio", "target");

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-34s %8.0f %s   %-22s %8.0f %s %8.2f   %s",
        measure,
        ours,
        unit,
        limit,
        theirs,
        unit,
        ratio,
        target);
  }
}
