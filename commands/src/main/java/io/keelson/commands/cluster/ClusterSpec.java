package io.keelson.commands.cluster;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OpenIdConnect;
import java.util.List;
import java.util.Objects;
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

  /** As it is after a change. */
  public ClusterSpec with(ClusterChange c) {
    return new ClusterSpec(
        Objects.requireNonNullElse(c.name(), name),
        Objects.requireNonNullElse(c.description(), description),
        Objects.requireNonNullElse(c.tags(), tags),
        type,
        version,
        cni,
        Objects.requireNonNullElse(c.autoscaler(), autoscaler),
        Objects.requireNonNullElse(c.autoUpgrade(), autoUpgrade),
        Objects.requireNonNullElse(c.featureGates(), featureGates),
        Objects.requireNonNullElse(c.admissionPlugins(), admissionPlugins),
        Objects.requireNonNullElse(c.openIdConnect(), openIdConnect),
        Objects.requireNonNullElse(c.apiserverCertSans(), apiserverCertSans),
        privateNetworkId,
        podCidr,
        serviceCidr,
        serviceDnsIp);
  }

  public ClusterSpec at(KubernetesVersion changed) {
    return of(type, changed);
  }

  public ClusterSpec of(ClusterType changed) {
    return of(changed, version);
  }

  private ClusterSpec of(ClusterType changedType, KubernetesVersion changedVersion) {
    return new ClusterSpec(
        name,
        description,
        tags,
        changedType,
        changedVersion,
        cni,
        autoscaler,
        autoUpgrade,
        featureGates,
        admissionPlugins,
        openIdConnect,
        apiserverCertSans,
        privateNetworkId,
        podCidr,
        serviceCidr,
        serviceDnsIp);
  }
}
