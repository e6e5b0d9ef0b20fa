package io.keelson.adapters.rest.audit;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.access.RequiresPermission;
import io.keelson.adapters.rest.audit.AuditResponse.Audit;
import io.keelson.adapters.rest.request.Choice;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.LogRange;
import io.keelson.adapters.rest.request.QueryArguments;
import io.keelson.adapters.rest.request.ReadTimeout;
import io.keelson.commands.access.PermissionSet.Permission;
import io.keelson.commands.secret.Secrets;
import io.keelson.projections.log.AuditLog;
import io.keelson.projections.log.AuditLog.AuditFilter;
import io.keelson.projections.log.AuditLog.Audited;
import io.keelson.projections.log.AuditLog.Outcome;
import io.keelson.projections.log.History;
import io.keelson.projections.log.History.Part;
import io.keelson.projections.log.History.Range;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lists the audit trail, newest first by default. The cursor is a log position. Source addresses
 * are secrets, so the filter by one is applied to what was read: a page can be short, or even
 * empty, and still not the last one.
 */
@RestController
@RequestMapping("/keelson/v1/audit")
public class AuditController implements Described {
  private static final Choice ORDERS = Choice.of("asc", "desc");

  private final AuditLog audit;
  private final History history;
  private final Secrets secrets;

  public AuditController(AuditLog audit, History history, Secrets secrets) {
    this.audit = audit;
    this.history = history;
    this.secrets = secrets;
  }

  @Override
  public void describe(Descriptions routes) {
    routes.query("listAudit", AuditQuery::read);
  }

  /** The filter, the range and the order of a list of audit entries. */
  private record AuditQuery(
      AuditFilter filter,
      @Nullable String sourceIp,
      boolean newestFirst,
      LogRange logRange,
      int limit,
      @Nullable Long cursor) {

    static AuditQuery read(QueryArguments query) {
      String sourceIp = query.text("source_ip");
      AuditFilter filter =
          new AuditFilter(
              query.text("principal"),
              query.text("action"),
              query.text("resource_type"),
              query.text("resource_id"),
              query.choice("outcome", Outcome.class),
              query.uuid("request_id"),
              query.text("q"));
      return new AuditQuery(
          filter,
          sourceIp,
          !"asc".equals(query.choice("order", ORDERS)),
          LogRange.of(query),
          query.limit(),
          query.position("cursor"));
    }

    Range range(History history) {
      return newestFirst ? logRange.before(cursor, history) : logRange.after(cursor, history);
    }
  }

  @GetMapping
  @RequiresPermission(Permission.AUDIT)
  Audit listAudit(@RequestAttribute Caller caller, HttpServletRequest request) {
    AuditQuery query = QueryArguments.read(request, AuditQuery::read);
    ReadTimeout timeout = new ReadTimeout();
    timeout.awaitHead(history);
    Range range = query.range(history);
    Part<Audited> part =
        timeout.read(
            () ->
                audit.audited(
                    caller.scope(), query.filter(), range, query.newestFirst(), query.limit()),
            found -> query.filter().request() == null || !found.items().isEmpty());
    Map<UUID, RevealedClient> clients = RevealedClient.all(part.items(), secrets);
    return new Audit(
        part.items().stream()
            .map(item -> AuditResponse.of(item, RevealedClient.of(item, clients)))
            .filter(item -> query.sourceIp() == null || query.sourceIp().equals(item.sourceIp()))
            .toList(),
        part.next() == null ? null : part.next().toString());
  }
}
