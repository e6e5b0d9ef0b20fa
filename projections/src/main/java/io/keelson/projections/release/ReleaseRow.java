package io.keelson.projections.release;

import io.keelson.commands.release.Release;
import io.keelson.commands.release.ReleaseEvent;
import io.keelson.commands.release.ReleaseEvent.ReleasePublished;
import io.keelson.commands.release.ReleaseId;
import io.keelson.projections.Delivery;
import io.keelson.projections.Row;

/**
 * One release.
 *
 * @param version the number of the last event folded into it, from 0
 */
record ReleaseRow(ReleaseId id, long version, Release release) implements Row<ReleaseId> {

  /** Every event holds the whole release, so any event can create the row. */
  static ReleaseRow first(Delivery<? extends ReleaseEvent> d) {
    return switch (d.event()) {
      case ReleasePublished e -> new ReleaseRow(e.stream(), d.version(), e.release());
    };
  }

  ReleaseRow after(Delivery<? extends ReleaseEvent> d) {
    return d.version() <= version ? this : first(d);
  }
}
