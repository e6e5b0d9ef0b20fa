package io.keelson.projections.log;

import io.keelson.commands.ClusterId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.SecretRef;
import io.keelson.projections.Scope;
import io.keelson.projections.log.History.Part;
import io.keelson.projections.log.History.Range;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The read API of the audit. A caller sees the requests about clusters in its scope; unless that is
 * limited to projects, those about its organization too.
 */
public interface AuditLog {

  /**
   * One part of the audit.
   *
   * @param range in log positions, both ends exclusive
   * @param newestFirst then the next part is before {@code next}, otherwise after it
   */
  Part<Audited> audited(
      Scope scope, AuditFilter filter, Range range, boolean newestFirst, int limit);

  /** The outcome of a request. */
  enum Outcome {
    /** It had an effect, or read a secret. */
    SUCCESS,
    /** A permission was missing; it had no effect. */
    REFUSED
  }

  /**
   * A request that had an effect, was refused, or read a secret. The seven questions of an audit
   * and their members: <em>what</em> {@code action}, <em>when</em> {@code occurredAt}, <em>who</em>
   * {@code initiator}, <em>on which resource</em> {@code resourceId} (of {@code resourceType}),
   * <em>where observed</em> {@code observer}, <em>from where</em> {@code client}, <em>to where</em>
   * {@code locality}.
   *
   * @param position in the log, of its first event
   * @param action the API's operation, {@code CreateCluster}
   * @param initiator the access key of the caller
   * @param principal who acted: the same, unless a part of Keelson acted for the initiator
   * @param project of the resource; null: it belongs to none
   * @param resourceType as the Audit Trail API names it, {@code kube_cluster}; null: the request
   *     was about no single resource
   * @param locality the region in which the resource is
   * @param observer the part of Keelson that received the request, as the source of a cause names
   *     it
   * @param client source address and user agent, a secret: JSON with {@code source_ip} and {@code
   *     user_agent}; null: unknown
   * @param detail the missing permission, or the name of the secret that was read
   */
  record Audited(
      long position,
      UUID requestId,
      Instant occurredAt,
      String action,
      Outcome outcome,
      String initiator,
      String principal,
      OrganizationId organization,
      @Nullable ProjectId project,
      @Nullable ClusterId cluster,
      @Nullable String resourceType,
      @Nullable String resourceId,
      @Nullable String locality,
      String observer,
      @Nullable SecretRef client,
      @Nullable String detail) {}

  /**
   * Null fields do not filter.
   *
   * @param text a part of any of its texts, without regard to case; source address and user agent
   *     are not among them
   */
  record AuditFilter(
      @Nullable String principal,
      @Nullable String action,
      @Nullable String resourceType,
      @Nullable String resourceId,
      @Nullable Outcome outcome,
      @Nullable UUID request,
      @Nullable String text) {}
}
