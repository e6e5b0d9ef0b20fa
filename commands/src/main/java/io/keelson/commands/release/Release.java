package io.keelson.commands.release;

import io.keelson.commands.KubernetesVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One Kubernetes version, what it offers, and until when.
 *
 * @param releasedAt when its minor came, as clients are shown it
 * @param publishedAt when this patch came
 * @param deprecatedAt from here on no new clusters (12 months after the release of the minor)
 * @param endOfLifeAt from here on no support (14 months)
 * @param kubeletArgs name to type: {@code uint16}, {@code quantity}, {@code enum:none|static}…
 */
public record Release(
    KubernetesVersion version,
    Instant releasedAt,
    Instant publishedAt,
    Instant deprecatedAt,
    Instant endOfLifeAt,
    List<String> cnis,
    List<String> containerRuntimes,
    List<String> featureGates,
    List<String> admissionPlugins,
    Map<String, String> kubeletArgs) {

  /** How long a patch can still be chosen after a newer one of its minor came. */
  public static final Duration SUPERSEDED_GRACE = Duration.ofDays(30);

  public Release {
    cnis = List.copyOf(cnis);
    containerRuntimes = List.copyOf(containerRuntimes);
    featureGates = List.copyOf(featureGates);
    admissionPlugins = List.copyOf(admissionPlugins);
    kubeletArgs = Collections.unmodifiableMap(new TreeMap<>(kubeletArgs));
  }

  /** What a release may be used for at an instant. */
  public enum Stage {
    /** Not yet out. */
    PREVIEW,
    /** New clusters may take it. */
    SUPPORTED,
    /** A newer patch of its minor came more than the grace ago: only clusters that have it. */
    SUPERSEDED,
    /** No new clusters; still supported. */
    DEPRECATED,
    /** Not supported any more. */
    ENDED
  }

  /** The stage at {@code now} among all releases of the catalogue. */
  public Stage stage(Collection<Release> catalogue, Instant now) {
    if (now.isBefore(publishedAt)) {
      return Stage.PREVIEW;
    }
    if (!now.isBefore(endOfLifeAt)) {
      return Stage.ENDED;
    }
    if (!now.isBefore(deprecatedAt)) {
      return Stage.DEPRECATED;
    }
    boolean superseded =
        catalogue.stream()
            .anyMatch(
                other ->
                    other.version.sameMinorAs(version)
                        && other.version.compareTo(version) > 0
                        && !now.isBefore(other.publishedAt.plus(SUPERSEDED_GRACE)));
    return superseded ? Stage.SUPERSEDED : Stage.SUPPORTED;
  }
}
