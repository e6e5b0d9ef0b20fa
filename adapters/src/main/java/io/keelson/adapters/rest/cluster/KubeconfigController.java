package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.access.RequiresPermission;
import io.keelson.adapters.rest.access.SecretReads;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.request.Choice;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.QueryArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.response.ApiFormat;
import io.keelson.adapters.rest.response.FileResponse;
import io.keelson.commands.ClusterId;
import io.keelson.commands.access.PermissionSet.Permission;
import io.keelson.commands.provisioning.KubeAccess;
import io.keelson.commands.provisioning.Provisioning;
import io.keelson.projections.status.ClusterStatus;
import io.keelson.projections.status.ClusterStatus.Phase;
import io.keelson.projections.status.Statuses;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Returns kubeconfigs. A kubeconfig with a token is sent only after the event that records the read
 * is durable. Neither file is ever logged or stored.
 */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/clusters/{cluster_id}/kubeconfig")
public class KubeconfigController implements Described {
  private final Statuses statuses;
  private final Provisioning provisioning;
  private final SecretReads secretReads;

  public KubeconfigController(
      Statuses statuses, Provisioning provisioning, SecretReads secretReads) {
    this.statuses = statuses;
    this.provisioning = provisioning;
    this.secretReads = secretReads;
  }

  @Override
  public void describe(Descriptions routes) {
    routes
        .query("getClusterKubeConfig", KubeconfigController::isRaw)
        .response("getClusterKubeConfig", MediaType.APPLICATION_JSON_VALUE, FileResponse.class)
        .response("getClusterKubeConfig", MediaType.APPLICATION_OCTET_STREAM_VALUE, byte[].class)
        .problem("getClusterKubeConfig", "transient_state");
  }

  @GetMapping(params = "redacted=true")
  @RequiresPermission(value = Permission.READ, operation = "GetClusterKubeConfig")
  ResponseEntity<Object> getRedactedClusterKubeConfig(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId cluster,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    boolean raw = QueryArguments.read(request, KubeconfigController::isRaw);
    ClusterStatus found = find(caller, region, cluster);
    return FileResponse.of("kubeconfig", Kubeconfig.of(found, access(found), true), raw);
  }

  /** The spelling of the Python client. */
  @GetMapping(params = "redacted=True")
  @RequiresPermission(value = Permission.READ, operation = "GetClusterKubeConfig")
  ResponseEntity<Object> getRedactedClusterKubeConfigInTitleCase(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId cluster,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    return getRedactedClusterKubeConfig(region, cluster, caller, request);
  }

  @GetMapping
  @RequiresPermission(Permission.READ_SECRET)
  ResponseEntity<Object> getClusterKubeConfig(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId cluster,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    boolean raw = QueryArguments.read(request, KubeconfigController::isRaw);
    ClusterStatus found = find(caller, region, cluster);
    KubeAccess access = access(found);
    secretReads.record(caller, cluster, "kubeconfig");
    return FileResponse.of("kubeconfig", Kubeconfig.of(found, access, false), raw);
  }

  private static boolean isRaw(QueryArguments query) {
    query.flag("redacted");
    String raw = query.choice("dl", Choice.of("1", "0", "true", "false"));
    return raw != null && (raw.equals("1") || raw.equals("true"));
  }

  private ClusterStatus find(Caller caller, Region region, ClusterId cluster) {
    return statuses
        .cluster(caller.scope(), region.name(), cluster)
        .orElseThrow(() -> new Refused(Problem.notFound("cluster", cluster.toString())));
  }

  private KubeAccess access(ClusterStatus cluster) {
    // Credentials may still exist during the deletion, but soon they are useless.
    if (cluster.phase() == Phase.DELETING || cluster.phase() == Phase.DELETED) {
      throw new Refused(missing(cluster));
    }
    return provisioning.kubeAccess(cluster.id()).orElseThrow(() -> new Refused(missing(cluster)));
  }

  private static Problem missing(ClusterStatus cluster) {
    return switch (cluster.phase()) {
      case READY, POOL_REQUIRED ->
          Problem.unavailable("the cluster's API server cannot be reached; try again soon");
      case CREATING, UPDATING, DELETING, DELETED, LOCKED ->
          Problem.transientState(
              "cluster", cluster.id().toString(), ApiFormat.lowerCase(cluster.phase()));
    };
  }
}
