package io.keelson.commands.cluster;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OpenIdConnect;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a cluster should be, every default resolved. */
public record ClusterSpec(
    String name,
    String description,
    List<String> tags,
    ClusterType type,
    KubernetesVersion version,
    String cni,
    AutoscalerConfig autoscaler,
    AutoUpgrade autoUpgrade,
    List<String> featureGates,
    List<String> admissionPlugins,
    OpenIdConnect openIdConnect,
    List<String> apiserverCertSans,
    @Nullable UUID privateNetworkId,
    String podCidr,
    String serviceCidr,
    String serviceDnsIp) {

  public ClusterSpec {
    tags = List.copyOf(tags);
    featureGates = List.copyOf(featureGates);
    admissionPlugins = List.copyOf(admissionPlugins);
    apiserverCertSans = List.copyOf(apiserverCertSans);
  }
}
