package io.keelson.infra.app.release;

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

/** Publishes the releases of a new installation. At a later start they already exist. */
public final class FirstReleases {

  private static final Duration VISIBILITY_TIMEOUT = Duration.ofSeconds(10);

  private final Commands commands;
  private final Catalogue catalogue;
  private final Statuses statuses;
  private final Clock clock;

  public FirstReleases(Commands commands, Catalogue catalogue, Statuses statuses, Clock clock) {
    this.commands = commands;
    this.catalogue = catalogue;
    this.statuses = statuses;
    this.clock = clock;
  }

  public void publishReleases() {
    List<Receipt> published = new ArrayList<>();
    for (Release release : ReleaseOffer.read().at(clock.instant())) {
      if (catalogue.release(release.version()).isEmpty()) {
        published.add(
            commands.send(
                new PublishRelease(release),
                Origin.system("catalogue", Origin.SYSTEM, release.version().toString())));
      }
    }
    published.forEach(r -> statuses.await(r.stream(), r.version(), VISIBILITY_TIMEOUT));
  }
}
