package io.keelson.adapters.rest.version;

import io.keelson.projections.release.Catalogue;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Reads the current offer from the catalogue. */
@Component
public class Offers {
  private final Catalogue catalogue;
  private final Clock clock;

  public Offers(Catalogue catalogue, Clock clock) {
    this.catalogue = catalogue;
    this.clock = clock;
  }

  public Offer now() {
    return new Offer(catalogue.releases(), clock.instant());
  }
}
