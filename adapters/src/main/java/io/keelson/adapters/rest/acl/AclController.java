package io.keelson.adapters.rest.acl;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.cluster.ClusterWrites;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.adapters.rest.request.QueryArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.request.RequestBodies;
import io.keelson.adapters.rest.request.Violations;
import io.keelson.adapters.rest.write.CommandSender;
import io.keelson.adapters.rest.write.NewIds;
import io.keelson.adapters.rest.write.Subject;
import io.keelson.commands.AclRule;
import io.keelson.commands.AclRuleId;
import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.AddAclRules;
import io.keelson.commands.cluster.ClusterCommand.DeleteAclRule;
import io.keelson.commands.cluster.ClusterCommand.SetAclRules;
import io.keelson.projections.Page;
import io.keelson.projections.status.ClusterStatus;
import io.keelson.projections.status.Statuses;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads and changes the rules that control access to an API server. */
@RestController
@RequestMapping("/k8s/v1/regions/{region}")
public class AclController implements Described {
  private final Statuses statuses;
  private final RequestBodies bodies;
  private final ClusterWrites clusters;
  private final CommandSender sender;

  public AclController(
      Statuses statuses, RequestBodies bodies, ClusterWrites clusters, CommandSender sender) {
    this.statuses = statuses;
    this.bodies = bodies;
    this.clusters = clusters;
    this.sender = sender;
  }

  @Override
  public void describe(Descriptions routes) {
    routes
        .query("listClusterACLRules", QueryArguments::page)
        .body("addClusterACLRules", body -> AclRequest.read(body, UUID::randomUUID))
        .body("setClusterACLRules", body -> AclRequest.read(body, UUID::randomUUID));
  }

  @GetMapping("/clusters/{cluster_id}/acls")
  AclRuleResponse.Listed listClusterACLRules(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId cluster,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    Page.Request page = QueryArguments.read(request, QueryArguments::page);
    return AclRuleResponse.Listed.of(clusters.find(caller, region, cluster).acl(), page);
  }

  @PostMapping("/clusters/{cluster_id}/acls")
  AclRuleResponse.Written addClusterACLRules(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId id,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    Violations violations = new Violations();
    NewIds ids = NewIds.of(request, caller, violations);
    JsonArguments body = bodies.read(request, violations);
    AtomicInteger number = new AtomicInteger();
    List<AclRule> rules =
        AclRequest.read(body, () -> ids.next("acl-rule " + number.getAndIncrement()));
    ClusterStatus cluster = clusters.find(caller, region, id);
    violations.check();
    OperationId operation = new OperationId(ids.next("operation"));
    if (!rules.isEmpty()) {
      clusters.send(
          new AddAclRules(id, operation, rules),
          operation,
          cluster,
          row -> row.acl().containsAll(rules),
          caller);
    }
    return AclRuleResponse.Written.of(rules);
  }

  @PutMapping("/clusters/{cluster_id}/acls")
  AclRuleResponse.Written setClusterACLRules(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId id,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    Violations violations = new Violations();
    List<AclRule> rules = AclRequest.read(bodies.read(request, violations), UUID::randomUUID);
    ClusterStatus cluster = clusters.find(caller, region, id);
    violations.check();
    OperationId operation = new OperationId(UUID.randomUUID());
    clusters.send(new SetAclRules(id, operation, rules), operation, cluster, _ -> true, caller);
    return AclRuleResponse.Written.of(rules);
  }

  @DeleteMapping("/acls/{acl_id}")
  ResponseEntity<Void> deleteACLRule(
      @PathVariable Region region,
      @PathVariable("acl_id") AclRuleId rule,
      @RequestAttribute Caller caller) {
    ClusterStatus cluster =
        statuses
            .clusterOfAclRule(caller.scope(), region.name(), rule)
            .orElseThrow(() -> new Refused(Problem.notFound("acl", rule.toString())));
    OperationId operation = new OperationId(UUID.randomUUID());
    ClusterCommand command = new DeleteAclRule(cluster.id(), operation, rule);
    Subject subject = new Subject("acl", rule, null, clusters.subject(cluster, caller));
    sender.send(
        command,
        operation,
        subject,
        caller,
        () -> statuses.cluster(caller.scope(), region.name(), cluster.id()));
    return ResponseEntity.noContent().build();
  }
}
