package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.response.ApiFormat;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Id;
import io.keelson.commands.OpenIdConnect;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.spec.AutoUpgrade;
import io.keelson.commands.spec.AutoscalerConfig;
import io.keelson.commands.spec.ClusterSpec;
import io.keelson.projections.status.ClusterStatus;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** A cluster as clients see it; the components are in the order of the wire. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ClusterResponse(
    String region,
    ClusterId id,
    OrganizationId organizationId,
    ProjectId projectId,
    String createdAt,
    String updatedAt,
    String type,
    String name,
    String description,
    String status,
    String version,
    String cni,
    List<String> tags,
    String clusterUrl,
    String dnsWildcard,
    Autoscaler autoscalerConfig,
    Upgrade autoUpgrade,
    boolean upgradeAvailable,
    List<String> featureGates,
    List<String> admissionPlugins,
    OpenId openIdConnectConfig,
    List<String> apiserverCertSans,
    @Nullable UUID privateNetworkId,
    String commitmentEndsAt,
    boolean aclAvailable,
    String iamNodesGroupId,
    String podCidr,
    String serviceCidr,
    String serviceDnsIp) {

  /** One page of clusters. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Clusters(int totalCount, List<ClusterResponse> clusters) {}

  /** The settings of the cluster autoscaler. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Autoscaler(
      boolean scaleDownDisabled,
      String scaleDownDelayAfterAdd,
      String estimator,
      String expander,
      boolean ignoreDaemonsetsUtilization,
      boolean balanceSimilarNodeGroups,
      int expendablePodsPriorityCutoff,
      String scaleDownUnneededTime,
      double scaleDownUtilizationThreshold,
      long maxGracefulTerminationSec,
      boolean skipNodesWithLocalStorage,
      int logLevel) {

    static Autoscaler of(AutoscalerConfig config) {
      return new Autoscaler(
          config.scaleDownDisabled(),
          config.scaleDownDelayAfterAdd(),
          config.estimator(),
          config.expander(),
          config.ignoreDaemonsetsUtilization(),
          config.balanceSimilarNodeGroups(),
          config.expendablePodsPriorityCutoff(),
          config.scaleDownUnneededTime(),
          config.scaleDownUtilizationThreshold(),
          config.maxGracefulTerminationSec(),
          config.skipNodesWithLocalStorage(),
          config.logLevel());
    }
  }

  /** Whether and when patch versions are installed automatically. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Upgrade(boolean enabled, Window maintenanceWindow) {

    /** Two hours from the start hour, UTC. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Window(int startHour, String day) {}

    static Upgrade of(AutoUpgrade upgrade) {
      return new Upgrade(upgrade.enabled(), new Window(upgrade.startHour(), upgrade.day()));
    }
  }

  /** How the API server authenticates tokens of an OpenID Connect issuer. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record OpenId(
      String issuerUrl,
      String clientId,
      String usernameClaim,
      String usernamePrefix,
      List<String> groupsClaim,
      String groupsPrefix,
      List<String> requiredClaim) {

    static OpenId of(OpenIdConnect config) {
      return new OpenId(
          config.issuerUrl(),
          config.clientId(),
          config.usernameClaim(),
          config.usernamePrefix(),
          config.groupsClaim(),
          config.groupsPrefix(),
          config.requiredClaim());
    }
  }

  static ClusterResponse of(ClusterStatus cluster, boolean upgradeAvailable) {
    ClusterSpec spec = cluster.spec();
    return new ClusterResponse(
        cluster.region(),
        cluster.id(),
        cluster.organization(),
        cluster.project(),
        ApiFormat.instant(cluster.createdAt()),
        ApiFormat.instant(cluster.updatedAt()),
        spec.type().toString(),
        spec.name(),
        spec.description(),
        ApiFormat.lowerCase(cluster.phase()),
        spec.version().toString(),
        spec.network().cni(),
        spec.tags(),
        url(cluster),
        "*." + cluster.id() + ".nodes.k8s." + cluster.region() + ".scw.cloud",
        Autoscaler.of(spec.autoscaler()),
        Upgrade.of(spec.autoUpgrade()),
        upgradeAvailable,
        spec.apiServer().featureGates(),
        spec.apiServer().admissionPlugins(),
        OpenId.of(spec.apiServer().openIdConnect()),
        spec.apiServer().certSans(),
        spec.network().privateNetworkId(),
        ApiFormat.instant(TypeChanges.end(cluster)),
        true,
        nodesGroup(cluster),
        spec.network().podCidr(),
        spec.network().serviceCidr(),
        spec.network().serviceDnsIp());
  }

  /** The address of the cluster's API server. */
  static String url(ClusterStatus cluster) {
    return "https://" + cluster.id() + ".api.k8s." + cluster.region() + ".scw.cloud:6443";
  }

  /** The IAM group of the cluster's nodes; empty while the cluster is being created. */
  private static String nodesGroup(ClusterStatus cluster) {
    return cluster.phase() == ClusterStatus.Phase.CREATING
        ? ""
        : Id.derived("iam-nodes-group", cluster.id().toString()).toString();
  }
}
