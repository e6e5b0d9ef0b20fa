package io.keelson.projections.log;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whose a cluster is, and where. It never changes. */
record Owner(UUID cluster, UUID organization, UUID project, String region) {

  /** The owner that an event makes known: the first one of a cluster names it. */
  static Optional<Owner> namedBy(Facts facts) {
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
