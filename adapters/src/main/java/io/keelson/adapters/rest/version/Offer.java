package io.keelson.adapters.rest.version;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.release.Release;
import io.keelson.commands.release.Release.Stage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All releases at one instant, newest first, and the rules for choosing one. */
public record Offer(List<Release> releases, Instant now) {

  /** No releases: for a reader that only describes what it reads. */
  public static final Offer NONE = new Offer(List.of(), Instant.EPOCH);

  public Offer {
    releases = releases.stream().sorted(Comparator.comparing(Release::version).reversed()).toList();
  }

  public Stage stage(Release release) {
    return release.stage(releases, now);
  }

  /** The releases that are listed; a superseded patch exists but is not listed. */
  public List<Release> listed() {
    return releases.stream().filter(this::isListed).toList();
  }

  /** A release that clusters may have, whether or not it is listed. */
  public Optional<Release> known(KubernetesVersion version) {
    return releases.stream()
        .filter(r -> r.version().equals(version) && stage(r) != Stage.PREVIEW)
        .findFirst();
  }

  /**
   * The releases that a cluster of the version can be upgraded to: later patches of its minor, and
   * the next minor.
   */
  public List<Release> upgradesFrom(KubernetesVersion version) {
    return listed().stream()
        .filter(r -> isLaterPatch(r.version(), version) || r.version().isNextMinorOf(version))
        .toList();
  }

  private boolean isListed(Release release) {
    Stage stage = stage(release);
    return stage == Stage.SUPPORTED || stage == Stage.DEPRECATED;
  }

  private static boolean isLaterPatch(KubernetesVersion a, KubernetesVersion b) {
    return a.sameMinorAs(b) && a.compareTo(b) > 0;
  }
}
