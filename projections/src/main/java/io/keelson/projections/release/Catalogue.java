package io.keelson.projections.release;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.release.Release;
import java.util.List;
import java.util.Optional;

/** The read API of the releases: newest version first. */
public interface Catalogue {

  List<Release> releases();

  default Optional<Release> release(KubernetesVersion version) {
    return releases().stream().filter(r -> r.version().equals(version)).findFirst();
  }
}
