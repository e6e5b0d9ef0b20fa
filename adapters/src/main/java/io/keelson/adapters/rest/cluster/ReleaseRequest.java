package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.Choice;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.adapters.rest.version.Offer;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.release.Release;
import io.keelson.commands.spec.ClusterType;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the version of a new cluster, and the choices that depend on the version.
 *
 * @param release null when the version is invalid: then the dependent choices are not checked
 */
record ReleaseRequest(@Nullable Release release) {
  private static final int MAX_VERSION_LENGTH = 10;
  private static final int MAX_NAME_LENGTH = 100;
  private static final KubernetesVersion NO_VERSION = new KubernetesVersion(0, 0, 0);
  private static final Choice CNIS =
      Choice.of("cilium", "calico", "weave", "flannel", "kilo", "none", "cilium_native")
          .withZero("unknown_cni");

  static ReleaseRequest read(JsonArguments body, Offer offer) {
    String text = body.text("version", MAX_VERSION_LENGTH, "");
    body.require("version");
    if (text.isEmpty()) {
      return new ReleaseRequest(null);
    }
    try {
      Release release = offer.known(KubernetesVersion.of(text)).orElse(null);
      if (release == null) {
        body.refuse("version", Reason.CONSTRAINT, "version " + text + " is not available");
      } else {
        checkStage(body, release, offer.stage(release));
      }
      return new ReleaseRequest(release);
    } catch (IllegalArgumentException _) {
      body.refuse("version", Reason.FORMAT, "must have the form x.y.z");
      return new ReleaseRequest(null);
    }
  }

  KubernetesVersion version() {
    return release == null ? NO_VERSION : release.version();
  }

  String cni(JsonArguments body, ClusterType type) {
    String cni = body.choice("cni", CNIS, type.multicloud() ? "kilo" : "cilium");
    if (release != null && !release.cnis().contains(cni)) {
      body.refuse(
          "cni", Reason.CONSTRAINT, cni + " is not available for this version: " + release.cnis());
    } else if (cni.equals("kilo") && !type.multicloud()) {
      body.refuse("cni", Reason.CONSTRAINT, "kilo is for multicloud clusters only");
    }
    return cni;
  }

  List<String> featureGates(JsonArguments body) {
    return offered(body, "feature_gates", Release::featureGates);
  }

  List<String> admissionPlugins(JsonArguments body) {
    return offered(body, "admission_plugins", Release::admissionPlugins);
  }

  private List<String> offered(
      JsonArguments body, String name, Function<Release, List<String>> offer) {
    List<String> given = body.texts(name, MAX_NAME_LENGTH);
    if (release == null) {
      return given;
    }
    List<String> available = offer.apply(release);
    for (int i = 0; i < given.size(); i++) {
      if (!available.contains(given.get(i))) {
        body.refuse(
            name + "." + i,
            Reason.CONSTRAINT,
            given.get(i) + " is not available for this version: " + available);
      }
    }
    return given;
  }

  private static void checkStage(JsonArguments body, Release release, Release.Stage stage) {
    String why =
        switch (stage) {
          case SUPPORTED -> "";
          case PREVIEW -> " is not available yet";
          case SUPERSEDED -> " was replaced by a newer patch and cannot be used for new clusters";
          case DEPRECATED ->
              " is deprecated since "
                  + release.deprecatedAt()
                  + " and cannot be used for new clusters";
          case ENDED -> " is not supported since " + release.endOfLifeAt();
        };
    if (!why.isEmpty()) {
      body.refuse("version", Reason.CONSTRAINT, "version " + release.version() + why);
    }
  }
}
