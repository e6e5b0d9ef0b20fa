package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.access.Tenancy;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.QueryArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.response.ApiFormat;
import io.keelson.adapters.rest.version.Offer;
import io.keelson.adapters.rest.version.Offers;
import io.keelson.adapters.rest.version.VersionResponse;
import io.keelson.adapters.rest.write.Subject;
import io.keelson.commands.ClusterId;
import io.keelson.commands.spec.ClusterType;
import io.keelson.projections.Page;
import io.keelson.projections.status.ClusterStatus;
import io.keelson.projections.status.Statuses;
import io.keelson.projections.status.Statuses.ClusterFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads clusters, and the versions and types that each can change to. */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/clusters")
public class ClusterController implements Described {
  private final Statuses statuses;
  private final Offers offers;
  private final Tenancy tenancy;

  public ClusterController(Statuses statuses, Offers offers, Tenancy tenancy) {
    this.statuses = statuses;
    this.offers = offers;
    this.tenancy = tenancy;
  }

  @Override
  public void describe(Descriptions routes) {
    routes.query("listClusters", ClusterQuery::read);
  }

  @GetMapping
  ClusterResponse.Clusters listClusters(
      @PathVariable Region region, @RequestAttribute Caller caller, HttpServletRequest request) {
    ClusterQuery query = QueryArguments.read(request, ClusterQuery::read);
    ClusterFilter filter =
        query.filter(
            tenancy.projectForList(query.project(), query.organization(), caller, request));
    Page<ClusterStatus> found =
        statuses.clusters(caller.scope(), region.name(), filter, query.order(), query.page());
    Offer offer = offers.now();
    return new ClusterResponse.Clusters(
        found.total(), found.rows().stream().map(c -> response(c, offer)).toList());
  }

  @GetMapping("/{cluster_id}")
  ClusterResponse getCluster(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId cluster,
      @RequestAttribute Caller caller) {
    return response(find(caller, region, cluster), offers.now());
  }

  @GetMapping("/{cluster_id}/available-versions")
  VersionResponse.Versions listClusterAvailableVersions(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId cluster,
      @RequestAttribute Caller caller) {
    ClusterStatus found = find(caller, region, cluster);
    return VersionResponse.Versions.of(
        offers.now().upgradesFrom(found.spec().version()), region.name());
  }

  @GetMapping("/{cluster_id}/available-types")
  ClusterTypeResponse.ClusterTypes listClusterAvailableTypes(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId cluster,
      @RequestAttribute Caller caller) {
    ClusterStatus found = find(caller, region, cluster);
    List<ClusterType> types = TypeChanges.from(found, offers.now().now());
    return ClusterTypeResponse.ClusterTypes.of(types.size(), types);
  }

  static ClusterResponse response(ClusterStatus cluster, Offer offer) {
    return ClusterResponse.of(cluster, !offer.upgradesFrom(cluster.spec().version()).isEmpty());
  }

  /** The subject of a command about a cluster. */
  static Subject subject(ClusterId id, Supplier<Optional<ClusterStatus>> read) {
    return new Subject(
        "cluster",
        id,
        () -> read.get().map(ClusterStatus::phase).map(ApiFormat::lowerCase).orElse("unknown"));
  }

  private ClusterStatus find(Caller caller, Region region, ClusterId cluster) {
    return statuses
        .cluster(caller.scope(), region.name(), cluster)
        .orElseThrow(() -> new Refused(Problem.notFound("cluster", cluster.toString())));
  }
}
