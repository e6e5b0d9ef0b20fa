package io.keelson.commands.release;

import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import java.util.UUID;

/** Names one release, and its stream: derived from the version. */
public record ReleaseId(UUID value) implements Id {

  public static ReleaseId of(KubernetesVersion version) {
    return new ReleaseId(Id.derived("release", version.toString()));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
