package io.keelson.adapters.rest.version;

import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.request.Region;
import io.keelson.commands.KubernetesVersion;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the Kubernetes versions on offer. */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/versions")
public class VersionController {
  private final Offers offers;

  public VersionController(Offers offers) {
    this.offers = offers;
  }

  @GetMapping
  VersionResponse.Versions listVersions(@PathVariable Region region) {
    return VersionResponse.Versions.of(offers.now().listed(), region.name());
  }

  @GetMapping("/{version_name}")
  VersionResponse getVersion(
      @PathVariable Region region, @PathVariable("version_name") String name) {
    return parse(name)
        .flatMap(offers.now()::known)
        .map(release -> VersionResponse.of(release, region.name()))
        .orElseThrow(() -> new Refused(Problem.notFound("version", name)));
  }

  private static Optional<KubernetesVersion> parse(String name) {
    try {
      return Optional.of(KubernetesVersion.of(name));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
