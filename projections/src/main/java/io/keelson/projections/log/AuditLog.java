package io.keelson.projections.log;

import io.keelson.commands.ClusterId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import io.keelson.projections.Scope;
import io.keelson.projections.log.History.Part;
import io.keelson.projections.log.History.Range;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The read API of who did what. A caller sees the requests about clusters in its scope; unless that
 * is limited to projects, those about its organization too.
 */
public interface AuditLog {

  /**
   * One part of it.
   *
   * @param range in log positions, both ends exclusive
   * @param newestFirst then a part goes on before its {@code next}, otherwise after it
   */
  Part<Audited> audited(
      Scope scope, AuditFilter filter, Range range, boolean newestFirst, int limit);

  /** What came of a request. */
  enum Outcome {
    /** It had an effect, or was shown a secret. */
    SUCCESS,
    /** A permission was missing; it had no effect. */
    REFUSED
  }

  /**
   * A request that had an effect, was refused, or was shown a secret. The seven questions of an
   * audit, and what answers each: <em>what</em> {@code action}, <em>when</em> {@code occurredAt},
   * <em>who</em> {@code principal}, <em>on which resource</em> {@code resourceId} (of {@code
   * resourceType}), <em>where observed</em> {@code observer}, <em>from where</em> {@code sourceIp},
   * <em>to where</em> {@code locality}.
   *
   * @param position in the log, of its first event
   * @param action the API's operation, {@code CreateCluster}
   * @param principal the access key of the caller
   * @param project of the resource; null where it belongs to none
   * @param resourceType as the Audit Trail API names it, {@code kube_cluster}; null where the
   *     request was about no single thing
   * @param locality the region in which the resource is
   * @param observer the part of Keelson that saw the request, as a cause's source names it
   * @param sourceIp and {@code userAgent}: as the caller's connection and its own word have them
   * @param detail the permission that was missing, or the secret that was read
   */
  record Audited(
      long position,
      UUID requestId,
      Instant occurredAt,
      String action,
      Outcome outcome,
      String principal,
      OrganizationId organization,
      @Nullable ProjectId project,
      @Nullable ClusterId cluster,
      @Nullable String resourceType,
      @Nullable String resourceId,
      @Nullable String locality,
      String observer,
      String sourceIp,
      String userAgent,
      @Nullable String detail) {}

  /**
   * Null fields do not filter.
   *
   * @param text that stands, in whatever case, in any of its texts
   */
  record AuditFilter(
      @Nullable String principal,
      @Nullable String action,
      @Nullable String resourceType,
      @Nullable String resourceId,
      @Nullable Outcome outcome,
      @Nullable String sourceIp,
      @Nullable UUID request,
      @Nullable String text) {}
}
