package io.keelson.commands.provisioning;

import io.keelson.commands.KubernetesVersion;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many there are of something that is kept in number, in Cluster API's terms.
 *
 * @param versions how many run each version
 */
public record Replicas(
    int desired,
    int current,
    int ready,
    int available,
    int upToDate,
    Map<KubernetesVersion, Integer> versions) {

  public static final Replicas NONE = new Replicas(0, 0, 0, 0, 0, Map.of());

  public Replicas {
    versions = Collections.unmodifiableMap(new TreeMap<>(versions));
  }

  /** Whether exactly {@code count} are there, all in service. */
  public boolean settledAt(int count) {
    return desired == count && current == count && ready == count && available == count;
  }

  /** Whether exactly {@code count} are there, all of {@code version} and all in service. */
  public boolean settledAt(int count, KubernetesVersion version) {
    return settledAt(count)
        && upToDate == count
        && versions.equals(count == 0 ? Map.of() : Map.of(version, count));
  }
}
