package io.keelson.aggregates.release;

import io.keelson.commands.release.Release;

/** The life of a release: absent, then published. Its stages follow from its dates alone. */
public sealed interface ReleaseState {

  record Absent() implements ReleaseState {}

  record Published(Release release) implements ReleaseState {}
}
