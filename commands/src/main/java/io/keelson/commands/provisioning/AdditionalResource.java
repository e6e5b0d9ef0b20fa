package io.keelson.commands.provisioning;

import java.util.UUID;

/**
 * A resource in addition to the cluster that its workloads made.
 *
 * @param type {@code volume}, {@code load_balancer} or {@code private_network}
 */
public record AdditionalResource(UUID id, String type, String name)
    implements Comparable<AdditionalResource> {

  @Override
  public int compareTo(AdditionalResource other) {
    return id.compareTo(other.id);
  }
}
