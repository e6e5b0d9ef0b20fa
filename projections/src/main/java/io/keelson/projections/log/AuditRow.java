package io.keelson.projections.log;

import io.keelson.commands.Id;
import io.keelson.commands.Origin.Call;
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
    String principal,
    @Nullable UUID organization,
    @Nullable UUID project,
    @Nullable UUID cluster,
    @Nullable String resourceType,
    @Nullable String resourceId,
    @Nullable String locality,
    String observer,
    String sourceIp,
    String userAgent,
    @Nullable String detail) {

  private static final String REFUSED = "call.refused";
  private static final String SECRET_READ = "call.secret-read";

  /**
   * The row that an event begins: it must follow from a request directly. What follows from that in
   * turn says nothing new of the request.
   */
  static Optional<AuditRow> of(Facts facts, LogRow row, @Nullable Owner owner) {
    Call call = call(facts);
    String request = facts.origin.requestId();
    if (call == null || request == null || !Id.FORM.matcher(request).matches()) {
      return Optional.empty();
    }
    Resource resource = Resource.of(facts, call.action());
    return Optional.of(
        new AuditRow(
            row.position(),
            UUID.fromString(request),
            facts.entry.occurredAt(),
            call.action(),
            AuditTable.spelt(row.type().equals(REFUSED) ? Outcome.REFUSED : Outcome.SUCCESS),
            row.principal(),
            row.organization(),
            row.project(),
            row.cluster(),
            resource.type(),
            resource.id(),
            row.project() == null || owner == null ? null : owner.region(),
            row.causeSource(),
            call.sourceIp(),
            call.userAgent(),
            detail(facts)));
  }

  /** How it was asked for: what is kept of calls says it by itself too. */
  private static @Nullable Call call(Facts facts) {
    Call call = facts.origin.call();
    return call == null && facts.entry.streamType().equals("call")
        ? new Call(facts.said("operation"), facts.said("source_ip"), facts.said("user_agent"))
        : call;
  }

  private static @Nullable String detail(Facts facts) {
    return switch (facts.entry.type()) {
      case REFUSED -> "permission missing: " + facts.said("permission");
      case SECRET_READ -> "secret read: " + facts.said("secret");
      default -> null; // its event says it all
    };
  }
}
