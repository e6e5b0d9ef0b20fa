package io.keelson.infra.app;

import io.keelson.commands.Commands;
import io.keelson.commands.Commands.Receipt;
import io.keelson.commands.Origin;
import io.keelson.commands.release.Release;
import io.keelson.commands.release.ReleaseCommand.PublishRelease;
import io.keelson.projections.release.Catalogue;
import io.keelson.projections.status.Statuses;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Publishes the releases that a new installation offers; a later start finds them there. */
final class FirstStart {

  private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(10);

  private final Commands commands;
  private final Catalogue catalogue;
  private final Statuses statuses;
  private final Clock clock;

  FirstStart(Commands commands, Catalogue catalogue, Statuses statuses, Clock clock) {
    this.commands = commands;
    this.catalogue = catalogue;
    this.statuses = statuses;
    this.clock = clock;
  }

  void publishReleases() {
    List<Receipt> published = new ArrayList<>();
    for (Release release : ReleaseOffer.read().at(clock.instant())) {
      if (catalogue.release(release.version()).isEmpty()) {
        published.add(
            commands.send(
                new PublishRelease(release),
                Origin.system("catalogue", Origin.SYSTEM, release.version().toString())));
      }
    }
    published.forEach(r -> statuses.await(r.stream(), r.version(), VISIBLE_WITHIN));
  }
}
