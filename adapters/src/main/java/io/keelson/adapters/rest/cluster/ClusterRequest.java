package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.pool.PoolRequest;
import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.Choice;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.version.Offer;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OpenIdConnect;
import io.keelson.commands.ProjectId;
import io.keelson.commands.cluster.AutoUpgrade;
import io.keelson.commands.cluster.AutoscalerConfig;
import io.keelson.commands.cluster.ClusterSpec;
import io.keelson.commands.cluster.ClusterType;
import io.keelson.commands.cluster.PoolSpec;
import io.keelson.commands.release.Release;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a new cluster and the pools that come with it, every default resolved. */
record ClusterRequest(ClusterSpec spec, List<PoolSpec> pools) {
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_DESCRIPTION = 4096;
  private static final int LONGEST_VERSION = 10;
  private static final int LONGEST_TAG = 255;
  private static final KubernetesVersion NO_VERSION = new KubernetesVersion(0, 0, 0);
  private static final Pattern LINE_END = Pattern.compile("[\\t\\n\\r]");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9*]([A-Za-z0-9.:_-]*)");
  private static final Choice CNIS =
      Choice.of("cilium", "calico", "weave", "flannel", "kilo", "none", "cilium_native");

  ClusterRequest {
    pools = List.copyOf(pools);
  }

  static ClusterRequest read(JsonArguments body, Region region, Offer offer, ProjectId project) {
    ClusterType type = type(body);
    Release release = release(body, offer);
    NetworkRequest networks = NetworkRequest.read(body);
    ClusterSpec spec =
        new ClusterSpec(
            name(body),
            body.text("description", LONGEST_DESCRIPTION, ""),
            body.texts("tags", LONGEST_TAG),
            type,
            release == null ? NO_VERSION : release.version(),
            cni(body, type, release),
            SettingsRequest.autoscaler(body.object("autoscaler_config"), AutoscalerConfig.DEFAULT),
            SettingsRequest.autoUpgrade(body.object("auto_upgrade"), AutoUpgrade.DEFAULT),
            offered(body, "feature_gates", release == null ? null : release.featureGates()),
            offered(body, "admission_plugins", release == null ? null : release.admissionPlugins()),
            SettingsRequest.openIdConnect(
                body.object("open_id_connect_config"), OpenIdConnect.NONE),
            certificateNames(body),
            privateNetwork(body, type),
            networks.pods().toString(),
            networks.services().toString(),
            networks.serviceDnsIp());
    return new ClusterRequest(spec, pools(body, new PoolRequest(region, type, release, project)));
  }

  /** How many nodes all of its pools have together. */
  long nodes() {
    return pools.stream().mapToLong(PoolSpec::size).sum();
  }

  private static String name(JsonArguments body) {
    String name = body.text("name", LONGEST_NAME, "");
    body.require("name", !name.isEmpty());
    if (LINE_END.matcher(name).find()) {
      body.refuse("name", Reason.FORMAT, "must be a single line");
    }
    return name;
  }

  private static ClusterType type(JsonArguments body) {
    String text = body.text("type", LONGEST_NAME, ClusterType.KAPSULE.toString());
    ClusterType type = ClusterType.named(text).orElse(null);
    if (type == null) {
      String all =
          Arrays.stream(ClusterType.values())
              .map(ClusterType::toString)
              .collect(Collectors.joining(", "));
      body.refuse("type", Reason.CONSTRAINT, "must be one of " + all);
      return ClusterType.KAPSULE;
    }
    return type;
  }

  private static @Nullable Release release(JsonArguments body, Offer offer) {
    String text = body.text("version", LONGEST_VERSION, "");
    if (text.isEmpty()) {
      body.require("version", false);
      return null;
    }
    try {
      Release release = offer.known(KubernetesVersion.of(text)).orElse(null);
      if (release == null) {
        body.refuse("version", Reason.CONSTRAINT, "version " + text + " is not available");
      } else {
        checkStage(body, release, offer.stage(release));
      }
      return release;
    } catch (IllegalArgumentException _) {
      body.refuse("version", Reason.FORMAT, "must have the form x.y.z");
      return null;
    }
  }

  private static void checkStage(JsonArguments body, Release release, Release.Stage stage) {
    String version = "version " + release.version();
    switch (stage) {
      case SUPPORTED -> {}
      case PREVIEW -> body.refuse("version", Reason.CONSTRAINT, version + " is not yet available");
      case SUPERSEDED ->
          body.refuse(
              "version",
              Reason.CONSTRAINT,
              version + " was replaced by a newer patch and cannot be used for new clusters");
      case DEPRECATED ->
          body.refuse(
              "version",
              Reason.CONSTRAINT,
              version
                  + " is deprecated since "
                  + release.deprecatedAt()
                  + " and cannot be used for new clusters");
      case ENDED ->
          body.refuse(
              "version",
              Reason.CONSTRAINT,
              version + " is not supported since " + release.endOfLifeAt());
    }
  }

  private static String cni(JsonArguments body, ClusterType type, @Nullable Release release) {
    String cni = body.choice("cni", CNIS, type.multicloud() ? "kilo" : "cilium");
    if (release != null && !release.cnis().contains(cni)) {
      body.refuse(
          "cni", Reason.CONSTRAINT, cni + " is not available for this version: " + release.cnis());
    } else if (cni.equals("kilo") && !type.multicloud()) {
      body.refuse("cni", Reason.CONSTRAINT, "kilo is for multicloud clusters only");
    }
    return cni;
  }

  private static List<String> offered(
      JsonArguments body, String name, @Nullable List<String> offer) {
    List<String> given = body.texts(name, LONGEST_NAME);
    for (int i = 0; i < given.size(); i++) {
      if (offer != null && !offer.contains(given.get(i))) {
        body.refuse(
            name + "." + i,
            Reason.CONSTRAINT,
            given.get(i) + " is not available for this version: " + offer);
      }
    }
    return given;
  }

  private static List<String> certificateNames(JsonArguments body) {
    List<String> names = body.texts("apiserver_cert_sans", LONGEST_TAG);
    for (int i = 0; i < names.size(); i++) {
      if (!HOST.matcher(names.get(i)).matches()) {
        body.refuse(
            "apiserver_cert_sans." + i, Reason.FORMAT, "must be a DNS name or an IP address");
      }
    }
    return names;
  }

  private static @Nullable UUID privateNetwork(JsonArguments body, ClusterType type) {
    UUID network = body.uuid("private_network_id");
    if (type.multicloud() && network != null) {
      body.refuse(
          "private_network_id",
          Reason.CONSTRAINT,
          "a Private Network is not available for this cluster type");
    } else if (!type.multicloud() && network == null && !body.isFilled("private_network_id")) {
      body.refuse(
          "private_network_id",
          Reason.REQUIRED,
          "a Private Network is mandatory for this cluster type");
    }
    return network;
  }

  private static List<PoolSpec> pools(JsonArguments body, PoolRequest reader) {
    List<PoolSpec> pools = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonArguments each : body.objects("pools")) {
      PoolSpec pool = reader.read(each);
      if (!pool.name().isEmpty() && !names.add(pool.name())) {
        each.refuse("name", Reason.CONSTRAINT, "pool name must be unique across the cluster");
      }
      if (pools.isEmpty() && pool.size() == 0 && reader.needsNodes(pool)) {
        each.refuse(
            "size", Reason.CONSTRAINT, "the first pool of this cluster type must not be empty");
      }
      pools.add(pool);
    }
    return pools;
  }
}
