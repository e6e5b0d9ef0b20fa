package io.keelson.projections.log;

import io.keelson.commands.Id;
import io.keelson.commands.SecretRef;
import io.keelson.projections.log.AuditLog.Outcome;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** One row of {@code readmodel.audit}, its components being the columns. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record AuditRow(
    long position,
    UUID request,
    Instant occurredAt,
    String action,
    String outcome,
    String initiator,
    String principal,
    @Nullable UUID organization,
    @Nullable UUID project,
    @Nullable UUID cluster,
    @Nullable String resourceType,
    @Nullable String resourceId,
    @Nullable String locality,
    String observer,
    @Nullable UUID clientId,
    @Nullable String clientMac,
    @Nullable String detail) {

  private static final String REFUSED = "call.refused";
  private static final String SECRET_READ = "call.secret-read";

  /**
   * The row that an event creates, if the event follows from a request directly. The events that
   * follow from that event add nothing about the request.
   */
  static Optional<AuditRow> of(EntryFacts facts, LogRow row, @Nullable Owner owner) {
    String action = action(facts);
    String request = facts.origin.requestId();
    if (action == null || request == null || !Id.FORM.matcher(request).matches()) {
      return Optional.empty();
    }
    SecretRef client = client(facts);
    Resource resource = Resource.of(facts, action);
    return Optional.of(
        new AuditRow(
            row.position(),
            UUID.fromString(request),
            facts.entry.occurredAt(),
            action,
            AuditTable.spelt(row.type().equals(REFUSED) ? Outcome.REFUSED : Outcome.SUCCESS),
            row.initiator(),
            row.principal(),
            row.organization(),
            row.project(),
            row.cluster(),
            resource.type(),
            resource.id(),
            row.project() == null || owner == null ? null : owner.region(),
            row.causeSource(),
            client == null ? null : client.id(),
            client == null ? null : client.mac(),
            detail(facts)));
  }

  /** The API's operation; events of calls have it in their own JSON too. */
  private static @Nullable String action(EntryFacts facts) {
    if (facts.origin.call() != null) {
      return facts.origin.call().action();
    }
    return facts.entry.streamType().equals("call") ? facts.shown("operation") : null;
  }

  private static @Nullable SecretRef client(EntryFacts facts) {
    return facts.origin.call() == null ? facts.secret("client") : facts.origin.call().client();
  }

  private static @Nullable String detail(EntryFacts facts) {
    return switch (facts.entry.type()) {
      case REFUSED -> "permission missing: " + facts.shown("permission");
      case SECRET_READ -> "secret read: " + facts.shown("secret");
      default -> null; // its event has all details
    };
  }
}
