package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.access.Tenancy;
import io.keelson.adapters.rest.pool.PoolRequest;
import io.keelson.adapters.rest.pool.StockCheck;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.request.RequestBodies;
import io.keelson.adapters.rest.request.Violations;
import io.keelson.adapters.rest.version.Offer;
import io.keelson.adapters.rest.version.Offers;
import io.keelson.adapters.rest.write.CommandSender;
import io.keelson.adapters.rest.write.NewIds;
import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.cluster.ClusterCommand.CreateCluster;
import io.keelson.commands.spec.Pool;
import io.keelson.commands.spec.PoolSpec;
import io.keelson.projections.status.ClusterStatus;
import io.keelson.projections.status.Statuses;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Creates clusters. */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/clusters")
public class CreateClusterController implements Described {
  private final Statuses statuses;
  private final Offers offers;
  private final Tenancy tenancy;
  private final RequestBodies bodies;
  private final StockCheck stock;
  private final CommandSender sender;

  public CreateClusterController(
      Statuses statuses,
      Offers offers,
      Tenancy tenancy,
      RequestBodies bodies,
      StockCheck stock,
      CommandSender sender) {
    this.statuses = statuses;
    this.offers = offers;
    this.tenancy = tenancy;
    this.bodies = bodies;
    this.stock = stock;
    this.sender = sender;
  }

  @Override
  public void describe(Descriptions routes) {
    routes
        .body(
            "createCluster",
            body -> {
              Owner.read(body);
              ClusterRequest.read(body, Region.ANY, Offer.NONE, PoolRequest.ANY.project());
            })
        .problem("createCluster", "out_of_stock");
  }

  @PostMapping
  ClusterResponse createCluster(
      @PathVariable Region region, @RequestAttribute Caller caller, HttpServletRequest request) {
    Violations violations = new Violations();
    NewIds ids = NewIds.of(request, caller, violations);
    JsonArguments body = bodies.read(request, violations);
    Owner owner = Owner.read(body);
    ProjectId project =
        tenancy.projectForNew(owner.project(), owner.organization(), caller, request);
    Offer offer = offers.now();
    ClusterRequest clusterRequest = ClusterRequest.read(body, region, offer, project);
    violations.check();
    checkQuota(clusterRequest, project);
    CreateCluster command = command(clusterRequest, ids.in(project), caller, project, region);
    boolean repeat =
        ids.repeatable()
            && statuses.cluster(caller.scope(), region.name(), command.clusterId()).isPresent();
    if (!repeat) {
      stock.check(clusterRequest.pools());
    }
    return create(command, offer, caller);
  }

  /** The owner of the new cluster; exactly one of both is given. */
  private record Owner(@Nullable UUID project, @Nullable UUID organization) {

    static Owner read(JsonArguments body) {
      UUID project = body.uuid("project_id");
      UUID organization = body.uuid("organization_id");
      boolean projectGiven = project != null || body.isFilled("project_id");
      boolean organizationGiven = organization != null || body.isFilled("organization_id");
      if (projectGiven && organizationGiven) {
        body.refuse(
            "organization_id",
            Reason.CONSTRAINT,
            "project_id and organization_id exclude each other");
      }
      body.require("project_id", projectGiven || organizationGiven);
      return new Owner(project, organization);
    }
  }

  private static void checkQuota(ClusterRequest clusterRequest, ProjectId project) {
    int max = clusterRequest.spec().type().maxNodes();
    if (clusterRequest.nodes() > max) {
      throw new Refused(
          Problem.quotaExceeded("cluster_nodes", max, clusterRequest.nodes(), project.toString()));
    }
  }

  private static CreateCluster command(
      ClusterRequest clusterRequest, NewIds ids, Caller caller, ProjectId project, Region region) {
    List<Pool> pools = new ArrayList<>();
    for (PoolSpec pool : clusterRequest.pools()) {
      pools.add(new Pool(new PoolId(ids.next("pool " + pools.size())), pool));
    }
    return new CreateCluster(
        new ClusterId(ids.next("cluster")),
        new OperationId(ids.next("operation")),
        caller.scope().organization(),
        project,
        region.name(),
        clusterRequest.spec(),
        pools);
  }

  private ClusterResponse create(CreateCluster command, Offer offer, Caller caller) {
    Supplier<Optional<ClusterStatus>> read =
        () -> statuses.cluster(caller.scope(), command.region(), command.clusterId());
    Instant created =
        sender
            .send(
                command,
                command.operation(),
                ClusterController.subject(command.clusterId(), read),
                caller,
                read)
            .map(ClusterStatus::createdAt)
            .orElse(offer.now());
    // The cluster as it was created, whatever its state is now: so a repeated call has the same
    // response.
    ClusterStatus asCreated =
        ClusterStatus.created(
            command.clusterId(),
            0,
            command.organization(),
            command.project(),
            command.region(),
            command.spec(),
            command.pools().size(),
            command.operation(),
            created);
    return ClusterController.response(asCreated, offer);
  }
}
