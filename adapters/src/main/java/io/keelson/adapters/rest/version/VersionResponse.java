package io.keelson.adapters.rest.version;

import io.keelson.adapters.rest.response.ApiFormat;
import io.keelson.commands.release.Release;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** A version as clients see it; the components are in the order of the wire. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record VersionResponse(
    String region,
    String name,
    String label,
    List<String> availableCnis,
    List<String> availableContainerRuntimes,
    List<String> availableFeatureGates,
    List<String> availableAdmissionPlugins,
    Map<String, String> availableKubeletArgs,
    String deprecatedAt,
    String endOfLifeAt,
    String releasedAt) {

  /** All listed versions; they are too few for pages. */
  public record Versions(List<VersionResponse> versions) {

    public static Versions of(List<Release> releases, String region) {
      return new Versions(releases.stream().map(r -> VersionResponse.of(r, region)).toList());
    }
  }

  public static VersionResponse of(Release release, String region) {
    return new VersionResponse(
        region,
        release.version().toString(),
        "Kubernetes " + release.version(),
        release.cnis(),
        release.containerRuntimes(),
        release.featureGates(),
        release.admissionPlugins(),
        release.kubeletArgs(),
        ApiFormat.date(release.deprecatedAt()),
        ApiFormat.date(release.endOfLifeAt()),
        ApiFormat.date(release.releasedAt()));
  }
}
