package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.access.Tenancy;
import io.keelson.adapters.rest.answer.Spelling;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.adapters.rest.request.QueryArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.request.RequestBodies;
import io.keelson.adapters.rest.request.Violations;
import io.keelson.adapters.rest.version.Offer;
import io.keelson.adapters.rest.version.Offers;
import io.keelson.adapters.rest.write.NewIds;
import io.keelson.adapters.rest.write.Subject;
import io.keelson.adapters.rest.write.Writes;
import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.cluster.ClusterCommand.CreateCluster;
import io.keelson.commands.cluster.ClusterCommand.DeleteCluster;
import io.keelson.commands.cluster.Pool;
import io.keelson.commands.cluster.PoolSpec;
import io.keelson.projections.status.ClusterStatus;
import io.keelson.projections.status.ClusterStatus.Phase;
import io.keelson.projections.status.Statuses;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Creates and deletes clusters. */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/clusters")
public class ClusterWriteController {
  private static final String CLUSTER = "cluster";

  private final Statuses statuses;
  private final Offers offers;
  private final Tenancy tenancy;
  private final RequestBodies bodies;
  private final Writes writes;

  public ClusterWriteController(
      Statuses statuses, Offers offers, Tenancy tenancy, RequestBodies bodies, Writes writes) {
    this.statuses = statuses;
    this.offers = offers;
    this.tenancy = tenancy;
    this.bodies = bodies;
    this.writes = writes;
  }

  @PostMapping
  ClusterAnswer createCluster(
      @PathVariable Region region, @RequestAttribute Caller caller, HttpServletRequest request) {
    Violations violations = new Violations();
    NewIds ids = NewIds.of(request, caller, violations);
    JsonArguments body = bodies.read(request, violations);
    ProjectId project = project(body, caller, request);
    Offer offer = offers.now();
    ClusterRequest wish = ClusterRequest.read(body, region, offer, project);
    violations.check();
    checkQuota(wish, project);
    return create(command(wish, ids, caller, project, region), offer, caller);
  }

  @DeleteMapping("/{cluster_id}")
  ClusterAnswer deleteCluster(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId id,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    Violations violations = new Violations();
    boolean all = new QueryArguments(request, violations).flag("with_additional_resources");
    violations.check();
    Supplier<Optional<ClusterStatus>> read =
        () -> statuses.cluster(caller.scope(), region.name(), id);
    ClusterStatus before =
        read.get().orElseThrow(() -> new Refused(Problem.notFound(CLUSTER, id.toString())));
    OperationId operation = new OperationId(UUID.randomUUID());
    ClusterStatus after =
        writes
            .send(new DeleteCluster(id, operation, all), operation, subject(id, read), caller, read)
            .orElse(before);
    return ClusterController.answer(deleting(after), offers.now());
  }

  private ProjectId project(JsonArguments body, Caller caller, HttpServletRequest request) {
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
    return tenancy.projectForNew(project, organization, caller, request);
  }

  private static void checkQuota(ClusterRequest wish, ProjectId project) {
    int most = wish.spec().type().maxNodes();
    if (wish.nodes() > most) {
      throw new Refused(
          Problem.quotaExceeded("cluster_nodes", most, wish.nodes(), project.toString()));
    }
  }

  private static CreateCluster command(
      ClusterRequest wish, NewIds ids, Caller caller, ProjectId project, Region region) {
    List<Pool> pools = new ArrayList<>();
    for (PoolSpec pool : wish.pools()) {
      pools.add(new Pool(new PoolId(ids.next("pool " + pools.size())), pool));
    }
    return new CreateCluster(
        new ClusterId(ids.next(CLUSTER)),
        new OperationId(ids.next("operation")),
        caller.scope().organization(),
        project,
        region.name(),
        wish.spec(),
        pools);
  }

  private ClusterAnswer create(CreateCluster command, Offer offer, Caller caller) {
    Supplier<Optional<ClusterStatus>> read =
        () -> statuses.cluster(caller.scope(), command.region(), command.clusterId());
    Instant created =
        writes
            .send(command, command.operation(), subject(command.clusterId(), read), caller, read)
            .map(ClusterStatus::createdAt)
            .orElse(offer.now());
    // As it was when it was created, whatever has become of it: so a repeat has the same answer.
    ClusterStatus asCreated =
        new ClusterStatus(
            command.clusterId(),
            0,
            command.organization(),
            command.project(),
            command.region(),
            command.spec(),
            Phase.CREATING,
            command.pools().size(),
            "",
            command.operation(),
            created,
            created);
    return ClusterController.answer(asCreated, offer);
  }

  /** It may not yet be seen to be going; the wish that it goes is under way all the same. */
  private static ClusterStatus deleting(ClusterStatus cluster) {
    return new ClusterStatus(
        cluster.id(),
        cluster.version(),
        cluster.organization(),
        cluster.project(),
        cluster.region(),
        cluster.spec(),
        Phase.DELETING,
        cluster.pools(),
        cluster.message(),
        cluster.operation(),
        cluster.createdAt(),
        cluster.updatedAt());
  }

  private static Subject subject(ClusterId id, Supplier<Optional<ClusterStatus>> read) {
    return new Subject(
        CLUSTER,
        id,
        () -> read.get().map(ClusterStatus::phase).map(Spelling::lowerCase).orElse("unknown"));
  }
}
