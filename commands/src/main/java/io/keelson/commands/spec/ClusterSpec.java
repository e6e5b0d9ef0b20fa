package io.keelson.commands.spec;

import io.keelson.commands.KubernetesVersion;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a cluster should be, every default resolved. */
public record ClusterSpec(
    String name,
    String description,
    List<String> tags,
    ClusterType type,
    KubernetesVersion version,
    ClusterNetwork network,
    ApiServerSettings apiServer,
    AutoscalerConfig autoscaler,
    AutoUpgrade autoUpgrade) {

  public ClusterSpec {
    tags = List.copyOf(tags);
  }

  /** As it is after a change. */
  public ClusterSpec with(ClusterChange c) {
    return new ClusterSpec(
        Objects.requireNonNullElse(c.name(), name),
        Objects.requireNonNullElse(c.description(), description),
        Objects.requireNonNullElse(c.tags(), tags),
        type,
        version,
        network,
        new ApiServerSettings(
            Objects.requireNonNullElse(c.featureGates(), apiServer.featureGates()),
            Objects.requireNonNullElse(c.admissionPlugins(), apiServer.admissionPlugins()),
            Objects.requireNonNullElse(c.openIdConnect(), apiServer.openIdConnect()),
            Objects.requireNonNullElse(c.apiserverCertSans(), apiServer.certSans())),
        Objects.requireNonNullElse(c.autoscaler(), autoscaler),
        Objects.requireNonNullElse(c.autoUpgrade(), autoUpgrade));
  }

  /** The same with another version. */
  public ClusterSpec at(KubernetesVersion changed) {
    return new ClusterSpec(
        name, description, tags, type, changed, network, apiServer, autoscaler, autoUpgrade);
  }

  /** The same of another type. */
  public ClusterSpec of(ClusterType changed) {
    return new ClusterSpec(
        name, description, tags, changed, version, network, apiServer, autoscaler, autoUpgrade);
  }

  /** The members in which another specification differs, with its values. */
  public ClusterChange changeTo(ClusterSpec after) {
    return new ClusterChange(
        changed(name, after.name()),
        changed(description, after.description()),
        changed(tags, after.tags()),
        changed(autoscaler, after.autoscaler()),
        changed(autoUpgrade, after.autoUpgrade()),
        changed(apiServer.featureGates(), after.apiServer().featureGates()),
        changed(apiServer.admissionPlugins(), after.apiServer().admissionPlugins()),
        changed(apiServer.openIdConnect(), after.apiServer().openIdConnect()),
        changed(apiServer.certSans(), after.apiServer().certSans()));
  }

  private static <T> @Nullable T changed(T before, T after) {
    return before.equals(after) ? null : after;
  }
}
