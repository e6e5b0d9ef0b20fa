package io.keelson.adapters.rest.node;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.request.Choice;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.QueryArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.projections.Page;
import io.keelson.projections.status.NodeStatus;
import io.keelson.projections.status.Statuses;
import io.keelson.projections.status.Statuses.NodeFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads nodes. */
@RestController
@RequestMapping("/k8s/v1/regions/{region}")
public class NodeController implements Described {
  private static final Choice STATUSES =
      Choice.of(
              "creating",
              "not_ready",
              "ready",
              "deleting",
              "deleted",
              "locked",
              "rebooting",
              "creation_error",
              "upgrading",
              "starting",
              "registering")
          .withZero("unknown");

  private final Statuses statuses;

  public NodeController(Statuses statuses) {
    this.statuses = statuses;
  }

  @Override
  public void describe(Descriptions routes) {
    routes.query("listNodes", NodeQuery::read);
  }

  /** The filter, the order and the page of a list of nodes. */
  private record NodeQuery(NodeFilter filter, Statuses.Order order, Page.Request page) {

    static NodeQuery read(QueryArguments query) {
      UUID pool = query.uuid("pool_id");
      return new NodeQuery(
          new NodeFilter(
              pool == null ? null : new PoolId(pool),
              query.text("name"),
              query.choice("status", STATUSES)),
          query.order(),
          query.page());
    }
  }

  @GetMapping("/clusters/{cluster_id}/nodes")
  NodeResponse.Nodes listNodes(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId cluster,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    NodeQuery query = QueryArguments.read(request, NodeQuery::read);
    if (statuses.cluster(caller.scope(), region.name(), cluster).isEmpty()) {
      throw new Refused(Problem.notFound("cluster", cluster.toString()));
    }
    Page<NodeStatus> nodes = statuses.nodes(cluster, query.filter(), query.order(), query.page());
    return new NodeResponse.Nodes(
        nodes.total(),
        nodes.rows().stream().map(node -> NodeResponse.of(node, region.name())).toList());
  }

  @GetMapping("/nodes/{node_id}")
  NodeResponse getNode(
      @PathVariable Region region,
      @PathVariable("node_id") NodeId node,
      @RequestAttribute Caller caller) {
    return statuses
        .node(caller.scope(), region.name(), node)
        .map(found -> NodeResponse.of(found, region.name()))
        .orElseThrow(() -> new Refused(Problem.notFound("node", node.toString())));
  }
}
