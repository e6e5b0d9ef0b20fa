package io.keelson.commands.release;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import java.util.UUID;

/** Names one release, and its stream: derived from the version. */
public record ReleaseId(@JsonValue UUID value) implements Id {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ReleaseId {}

  public static ReleaseId of(KubernetesVersion version) {
    return new ReleaseId(Id.derived("release", version.toString()));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
