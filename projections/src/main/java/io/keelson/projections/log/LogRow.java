package io.keelson.projections.log;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One row of {@code readmodel.log}, its components being the columns.
 *
 * @param organization the owner; {@link #EVERYBODY}; null: nobody may see it
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record LogRow(
    long position,
    Instant recordedAt,
    UUID id,
    String type,
    boolean open,
    UUID stream,
    long streamVersion,
    @Nullable UUID organization,
    @Nullable UUID project,
    @Nullable UUID cluster,
    @Nullable UUID node,
    @Nullable UUID operation,
    String initiator,
    String principal,
    UUID correlation,
    @Nullable String request,
    String causeSource,
    String causeId) {

  /** The owner of an event that everybody may see. */
  static final UUID EVERYBODY = new UUID(0, 0);

  /**
   * The row of an event.
   *
   * @param owner of its cluster; null where there is none, or none is known
   */
  static LogRow of(EntryFacts facts, @Nullable Owner owner) {
    var entry = facts.entry;
    var origin = facts.origin;
    UUID organization = organization(facts, owner);
    return new LogRow(
        entry.position(),
        entry.recordedAt(),
        entry.id(),
        entry.type(),
        entry.open(),
        entry.stream(),
        entry.streamVersion(),
        organization,
        owner != null && owner.organization().equals(organization) ? owner.project() : null,
        facts.cluster(),
        facts.node(),
        facts.operation(),
        origin.initiator(),
        origin.principal(),
        origin.correlationId(),
        origin.requestId(),
        origin.cause().source(),
        origin.cause().id());
  }

  /**
   * The organization that the event names; else the owner of its cluster. An event without a
   * cluster is everybody's if it is of a release; any other that names no organization is hidden.
   */
  private static @Nullable UUID organization(EntryFacts facts, @Nullable Owner owner) {
    UUID named = facts.organization();
    if (named != null) {
      return named;
    }
    if (facts.cluster() != null) {
      return owner == null ? null : owner.organization();
    }
    return facts.entry.streamType().equals("release") ? EVERYBODY : null;
  }
}
