package io.keelson.adapters.rest.node;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.commands.NodeId;
import io.keelson.projections.status.Statuses;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads nodes with what was done to them, also after their deletion. */
@RestController
@RequestMapping("/keelson/v1/nodes")
public class NodeLifeController {
  private final Statuses statuses;

  public NodeLifeController(Statuses statuses) {
    this.statuses = statuses;
  }

  @GetMapping("/{node_id}")
  NodeLifeResponse getNodeLife(
      @PathVariable("node_id") NodeId node, @RequestAttribute Caller caller) {
    return statuses
        .nodeEver(caller.scope(), node)
        .map(NodeLifeResponse::of)
        .orElseThrow(() -> new Refused(Problem.notFound("node", node.toString())));
  }
}
