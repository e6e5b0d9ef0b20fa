package io.keelson.commands.cluster;

import java.util.Comparator;
import java.util.UUID;

/**
 * A resource in addition to the cluster that its workloads made.
 *
 * @param type {@code volume}, {@code load_balancer} or {@code private_network}
 */
public record AttachedResource(UUID id, String type, String name)
    implements Comparable<AttachedResource> {

  private static final Comparator<AttachedResource> BY_ID =
      Comparator.comparing(resource -> resource.id().toString());

  @Override
  public int compareTo(AttachedResource other) {
    return BY_ID.compare(this, other);
  }
}
