package io.keelson.projections.status;

import io.keelson.projections.status.RolledNode.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a run has replaced nodes.
 *
 * @param maxInFlight how many nodes it replaces in parallel at most
 * @param nodes in the order in which they are replaced
 */
public record RollProgress(int maxInFlight, List<RolledNode> nodes) {

  /** Of a run that replaces no nodes. */
  public static final RollProgress NONE = new RollProgress(1, List.of());

  private static final double MEDIAN = 0.5;
  private static final double NINETY = 0.9;

  /**
   * The remaining time.
   *
   * @param p50 seconds if each further node takes the median of the replaced nodes
   * @param p90 seconds if each further node takes the 90th percentile of the replaced nodes
   */
  public record Estimate(long p50, long p90) {}

  public RollProgress {
    nodes = List.copyOf(nodes);
  }

  int replaced() {
    return (int) nodes.stream().filter(node -> node.state() == State.REPLACED).count();
  }

  /** Seconds from the request of the drain to the ready successor; empty: no node is replaced. */
  public OptionalLong medianSeconds() {
    List<Long> seconds = seconds();
    return seconds.isEmpty() ? OptionalLong.empty() : OptionalLong.of(percentile(seconds, MEDIAN));
  }

  /** Empty while it is unknown: before the first node is replaced. */
  Optional<Estimate> estimate(Instant now) {
    List<Long> seconds = seconds();
    return seconds.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Estimate(
                remaining(percentile(seconds, MEDIAN), now),
                remaining(percentile(seconds, NINETY), now)));
  }

  /** The rest of the nodes in flight, then one full time for each further group of nodes. */
  private long remaining(long perNode, Instant now) {
    long inFlight = 0;
    int planned = 0;
    for (RolledNode node : nodes) {
      switch (node.state()) {
        case PLANNED -> planned++;
        case SELECTED ->
            inFlight =
                Math.max(inFlight, perNode - Duration.between(node.since(), now).toSeconds());
        case REPLACED -> {}
      }
    }
    return inFlight + perNode * Math.ceilDiv(planned, maxInFlight);
  }

  private List<Long> seconds() {
    return nodes.stream()
        .filter(node -> node.state() == State.REPLACED && node.selectedAt() != null)
        .map(
            node ->
                Duration.between(Objects.requireNonNull(node.selectedAt()), node.since())
                    .toSeconds())
        .sorted()
        .toList();
  }

  /** The nearest rank: at least that fraction of the values is at most the result. */
  private static long percentile(List<Long> sorted, double fraction) {
    return sorted.get((int) Math.ceil(fraction * sorted.size()) - 1);
  }
}
