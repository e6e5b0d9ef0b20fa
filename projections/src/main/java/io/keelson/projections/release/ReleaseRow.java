package io.keelson.projections.release;

import io.keelson.commands.release.Release;
import io.keelson.commands.release.ReleaseEvent;
import io.keelson.commands.release.ReleaseEvent.ReleasePublished;
import io.keelson.commands.release.ReleaseId;
import io.keelson.projections.Delivery;
import io.keelson.projections.Row;

/**
 * One release as it stands.
 *
 * @param version the number of the last event in it, from 0
 */
record ReleaseRow(ReleaseId id, long version, Release release) implements Row<ReleaseId> {

  /** Every event tells the whole release, so any can be the first. */
  static ReleaseRow first(Delivery<? extends ReleaseEvent> d) {
    return switch (d.event()) {
      case ReleasePublished e -> new ReleaseRow(e.stream(), d.version(), e.release());
    };
  }

  ReleaseRow after(Delivery<? extends ReleaseEvent> d) {
    return d.version() <= version ? this : first(d);
  }
}
