package io.keelson.commands.provisioning;

import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OpenIdConnect;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The whole control plane as it should be.
 *
 * @param generation grows with each change; a back end ignores an older one than it has
 * @param controlPlaneReplicas odd
 */
public record ClusterDocument(
    ClusterId cluster,
    long generation,
    String name,
    String region,
    String type,
    KubernetesVersion version,
    int controlPlaneReplicas,
    String cni,
    List<String> featureGates,
    List<String> admissionPlugins,
    OpenIdConnect openIdConnect,
    List<String> apiserverCertSans,
    String podCidr,
    String serviceCidr,
    String serviceDnsIp,
    @Nullable UUID privateNetworkId) {

  public ClusterDocument {
    featureGates = List.copyOf(featureGates);
    admissionPlugins = List.copyOf(admissionPlugins);
    apiserverCertSans = List.copyOf(apiserverCertSans);
  }
}
