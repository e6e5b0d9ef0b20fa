package io.keelson.projections.log;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The owner of a cluster, and its region. It never changes. */
record Owner(UUID cluster, UUID organization, UUID project, String region) {

  /** The owner that an event names: the first event of a cluster does. */
  static Optional<Owner> namedBy(EntryFacts facts) {
    UUID cluster = facts.cluster();
    UUID organization = facts.id("organization");
    UUID project = facts.id("project");
    @Nullable String region = facts.text("region");
    return facts.entry.type().equals("cluster.creation-started")
            && cluster != null
            && organization != null
            && project != null
            && region != null
        ? Optional.of(new Owner(cluster, organization, project, region))
        : Optional.empty();
  }
}
