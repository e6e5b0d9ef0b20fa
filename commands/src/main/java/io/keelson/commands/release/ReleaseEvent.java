package io.keelson.commands.release;

import io.keelson.commands.DomainEvent;

/** What has happened to one release. */
public sealed interface ReleaseEvent extends DomainEvent {

  Release release();

  @Override
  default ReleaseId stream() {
    return ReleaseId.of(release().version());
  }

  /** A version is in the catalogue. */
  record ReleasePublished(Release release) implements ReleaseEvent {}
}
