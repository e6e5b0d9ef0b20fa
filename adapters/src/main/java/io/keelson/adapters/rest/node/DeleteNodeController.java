package io.keelson.adapters.rest.node;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.QueryArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.request.Violations;
import io.keelson.adapters.rest.write.NewIds;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.OperationId;
import io.keelson.projections.status.NodeStatus;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Deletes and replaces nodes. Repeated calls have the same response until the node is deleted. */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/nodes/{node_id}")
public class DeleteNodeController implements Described {
  private final NodeWrites nodes;

  public DeleteNodeController(NodeWrites nodes) {
    this.nodes = nodes;
  }

  @Override
  public void describe(Descriptions routes) {
    routes.query("deleteNode", DeletionOptions::read).bare("replaceNode");
  }

  /** The options of a deletion; older and newer clients send different ones. */
  private record DeletionOptions(boolean replace) {

    static DeletionOptions read(QueryArguments query) {
      query.flag("skip_drain"); // accepted and ignored: every node is drained
      return new DeletionOptions(query.flag("replace"));
    }
  }

  @DeleteMapping
  NodeResponse deleteNode(
      @PathVariable Region region,
      @PathVariable("node_id") NodeId node,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    Violations violations = new Violations();
    NewIds ids = NewIds.of(request, caller, violations);
    DeletionOptions options = DeletionOptions.read(new QueryArguments(request, violations));
    violations.check();
    return options.replace()
        ? replaced(region, node, ids, caller)
        : deleting(nodes.remove(nodes.find(caller, region, node), region, caller), region);
  }

  @PostMapping("/replace")
  NodeResponse replaceNode(
      @PathVariable Region region,
      @PathVariable("node_id") NodeId node,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    Violations violations = new Violations();
    NewIds ids = NewIds.of(request, caller, violations);
    violations.check();
    return replaced(region, node, ids, caller);
  }

  private NodeResponse replaced(Region region, NodeId node, NewIds ids, Caller caller) {
    NodeStatus before = nodes.find(caller, region, node);
    OperationId operation = new OperationId(ids.next("operation"));
    return deleting(nodes.replace(before, operation, region, caller), region);
  }

  /** The row may not show the deletion yet, but it is in progress. */
  private static NodeResponse deleting(NodeStatus node, Region region) {
    return NodeResponse.of(node, region.name(), NodePhase.DELETING);
  }
}
