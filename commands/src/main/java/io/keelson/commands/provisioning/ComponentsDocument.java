package io.keelson.commands.provisioning;

import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import java.util.List;

/**
 * The system components that should run in a cluster, by name: {@code coredns}, {@code kube-proxy},
 * {@code cni-cilium}…
 *
 * @param generation grows with each change; a back end ignores an older one than it has
 */
public record ComponentsDocument(
    ClusterId cluster, long generation, KubernetesVersion version, List<String> components) {

  public ComponentsDocument {
    components = List.copyOf(components);
  }
}
