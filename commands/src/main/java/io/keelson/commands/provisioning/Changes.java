package io.keelson.commands.provisioning;

import io.keelson.commands.ClusterId;
import java.util.List;

/**
 * One response of a change feed.
 *
 * @param clusters the clusters to observe, each once, in no order: at most {@link #MAX_CLUSTERS}
 * @param next the cursor of the following call
 * @param resync true: changes before {@code next} may be missing, so the reader observes every
 *     cluster that it knows
 */
public record Changes(List<ClusterId> clusters, Cursor next, boolean resync) {

  /** A reader gets the others by its next call. */
  public static final int MAX_CLUSTERS = 500;

  public Changes {
    clusters = List.copyOf(clusters);
    if (clusters.size() > MAX_CLUSTERS) {
      throw new IllegalArgumentException(
          "a response lists at most " + MAX_CLUSTERS + " clusters, not " + clusters.size());
    }
  }

  public static Changes none(Cursor next) {
    return new Changes(List.of(), next, false);
  }

  public static Changes resync(Cursor next) {
    return new Changes(List.of(), next, true);
  }
}
