package io.keelson.adapters.rest.audit;

import io.keelson.adapters.rest.response.ApiFormat;
import io.keelson.commands.ClusterId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import io.keelson.projections.log.AuditLog.Audited;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One audited request as an auditor sees it; {@link Audited} explains the components.
 *
 * @param sourceIp with {@code userAgent}: from where it came; null: unknown, erased or damaged
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AuditResponse(
    long position,
    String occurredAt,
    String action,
    String outcome,
    String initiator,
    String principal,
    OrganizationId organizationId,
    @Nullable ProjectId projectId,
    @Nullable ClusterId clusterId,
    @Nullable String resourceType,
    @Nullable String resourceId,
    @Nullable String locality,
    String observer,
    @Nullable String sourceIp,
    @Nullable String userAgent,
    UUID requestId,
    @Nullable String detail) {

  /**
   * One page.
   *
   * @param nextCursor null: there are no more entries at the moment
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Audit(List<AuditResponse> items, @Nullable String nextCursor) {}

  static AuditResponse of(Audited request, RevealedClient client) {
    return new AuditResponse(
        request.position(),
        ApiFormat.instant(request.occurredAt()),
        request.action(),
        ApiFormat.lowerCase(request.outcome()),
        request.initiator(),
        request.principal(),
        request.organization(),
        request.project(),
        request.cluster(),
        request.resourceType(),
        request.resourceId(),
        request.locality(),
        request.observer(),
        client.sourceIp(),
        client.userAgent(),
        request.requestId(),
        request.detail());
  }
}
