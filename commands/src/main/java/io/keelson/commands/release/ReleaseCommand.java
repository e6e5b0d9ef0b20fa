package io.keelson.commands.release;

import io.keelson.commands.Command;

/** What can be requested of one release. */
public sealed interface ReleaseCommand extends Command {

  /** Puts a version into the catalogue; the same again changes nothing. */
  record PublishRelease(Release release) implements ReleaseCommand {

    @Override
    public ReleaseId stream() {
      return ReleaseId.of(release.version());
    }
  }
}
