package io.keelson.adapters.rest.node;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.request.Violations;
import io.keelson.adapters.rest.write.NewIds;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.OperationId;
import io.keelson.projections.status.NodeStatus;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reboots nodes. */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/nodes/{node_id}/reboot")
public class RebootNodeController implements Described {
  private final NodeWrites nodes;

  public RebootNodeController(NodeWrites nodes) {
    this.nodes = nodes;
  }

  @Override
  public void describe(Descriptions routes) {
    routes.bare("rebootNode");
  }

  @PostMapping
  NodeResponse rebootNode(
      @PathVariable Region region,
      @PathVariable("node_id") NodeId node,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    Violations violations = new Violations();
    NewIds ids = NewIds.of(request, caller, violations);
    violations.check();
    NodeStatus before = nodes.find(caller, region, node);
    OperationId operation = new OperationId(ids.next("operation"));
    NodeStatus after = nodes.reboot(before, operation, region, caller);
    return NodeResponse.of(after, region.name(), NodePhase.REBOOTING);
  }
}
