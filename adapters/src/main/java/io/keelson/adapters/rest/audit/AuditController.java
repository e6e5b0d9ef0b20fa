package io.keelson.adapters.rest.audit;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.access.Needs;
import io.keelson.adapters.rest.audit.AuditAnswer.Audit;
import io.keelson.adapters.rest.request.Choice;
import io.keelson.adapters.rest.request.LogRange;
import io.keelson.adapters.rest.request.Patience;
import io.keelson.adapters.rest.request.QueryArguments;
import io.keelson.adapters.rest.request.Violations;
import io.keelson.commands.access.PermissionSet.Permission;
import io.keelson.projections.log.AuditLog;
import io.keelson.projections.log.AuditLog.AuditFilter;
import io.keelson.projections.log.AuditLog.Audited;
import io.keelson.projections.log.AuditLog.Outcome;
import io.keelson.projections.log.History;
import io.keelson.projections.log.History.Part;
import io.keelson.projections.log.History.Range;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads the audit, newest first unless asked otherwise. The cursor is a place in the log. */
@RestController
@RequestMapping("/keelson/v1/audit")
public class AuditController {
  private static final Choice ORDERS = Choice.of("asc", "desc");

  private final AuditLog audit;
  private final History history;

  public AuditController(AuditLog audit, History history) {
    this.audit = audit;
    this.history = history;
  }

  @GetMapping
  @Needs(Permission.AUDIT)
  Audit listAudit(@RequestAttribute Caller caller, HttpServletRequest request) {
    Violations violations = new Violations();
    QueryArguments query = new QueryArguments(request, violations);
    AuditFilter filter =
        new AuditFilter(
            query.text("principal"),
            query.text("action"),
            query.text("resource_type"),
            query.text("resource_id"),
            query.choice("outcome", Outcome.class),
            query.text("source_ip"),
            query.uuid("request_id"),
            query.text("q"));
    boolean newestFirst = !"asc".equals(query.choice("order", ORDERS));
    LogRange asked = LogRange.of(query, violations);
    int limit = query.limit();
    Long cursor = query.position("cursor");
    violations.check();
    Patience patience = new Patience();
    patience.awaitHead(history);
    Range range = newestFirst ? asked.before(cursor, history) : asked.after(cursor, history);
    Part<Audited> part =
        patience.read(
            () -> audit.audited(caller.scope(), filter, range, newestFirst, limit),
            found -> filter.request() == null || !found.items().isEmpty());
    return new Audit(
        part.items().stream().map(AuditAnswer::of).toList(),
        part.next() == null ? null : part.next().toString());
  }
}
