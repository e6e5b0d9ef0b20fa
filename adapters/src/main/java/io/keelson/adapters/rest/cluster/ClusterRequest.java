package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.pool.PoolRequest;
import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.Choice;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.version.Offer;
import io.keelson.commands.OpenIdConnect;
import io.keelson.commands.ProjectId;
import io.keelson.commands.spec.ApiServerSettings;
import io.keelson.commands.spec.AutoUpgrade;
import io.keelson.commands.spec.AutoscalerConfig;
import io.keelson.commands.spec.ClusterNetwork;
import io.keelson.commands.spec.ClusterSpec;
import io.keelson.commands.spec.ClusterType;
import io.keelson.commands.spec.PoolSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A new cluster with its first pools, as the body requests it, with all defaults resolved. */
record ClusterRequest(ClusterSpec spec, List<PoolSpec> pools) {
  static final int MAX_NAME_LENGTH = 100;
  static final int MAX_DESCRIPTION_LENGTH = 4096;
  static final int MAX_TAG_LENGTH = 255;
  private static final int MAX_POOLS = 50;
  private static final Choice TYPES =
      Choice.of(
          Arrays.stream(ClusterType.values()).map(ClusterType::toString).toArray(String[]::new));
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9*]([A-Za-z0-9.:_-]*)");

  ClusterRequest {
    pools = List.copyOf(pools);
  }

  static ClusterRequest read(JsonArguments body, Region region, Offer offer, ProjectId project) {
    ClusterType type = type(body);
    ReleaseRequest release = ReleaseRequest.read(body, offer);
    NetworkRequest networks = NetworkRequest.read(body);
    // The order of reading is that of the violations in a response.
    String name = body.name("name", MAX_NAME_LENGTH);
    String description = body.text("description", MAX_DESCRIPTION_LENGTH, "");
    List<String> tags = body.texts("tags", MAX_TAG_LENGTH);
    String cni = release.cni(body, type);
    AutoscalerConfig autoscaler =
        SettingsRequest.autoscaler(body.object("autoscaler_config"), AutoscalerConfig.DEFAULT);
    AutoUpgrade autoUpgrade =
        SettingsRequest.autoUpgrade(body.object("auto_upgrade"), AutoUpgrade.DEFAULT);
    ApiServerSettings apiServer = apiServer(body, release);
    ClusterNetwork network =
        new ClusterNetwork(
            cni,
            privateNetwork(body, type),
            networks.pods().toString(),
            networks.services().toString(),
            networks.serviceDnsIp());
    return new ClusterRequest(
        new ClusterSpec(
            name,
            description,
            tags,
            type,
            release.version(),
            network,
            apiServer,
            autoscaler,
            autoUpgrade),
        pools(body, new PoolRequest(region, type, release.version(), release.release(), project)));
  }

  private static ApiServerSettings apiServer(JsonArguments body, ReleaseRequest release) {
    return new ApiServerSettings(
        release.featureGates(body),
        release.admissionPlugins(body),
        SettingsRequest.openIdConnect(body.object("open_id_connect_config"), OpenIdConnect.NONE),
        certificateNames(body));
  }

  /** The number of nodes of all pools together. */
  long nodes() {
    return pools.stream().mapToLong(PoolSpec::size).sum();
  }

  static ClusterType type(JsonArguments body) {
    return ClusterType.named(body.choice("type", TYPES, ClusterType.KAPSULE.toString()))
        .orElseThrow();
  }

  static List<String> certificateNames(JsonArguments body) {
    List<String> names = body.texts("apiserver_cert_sans", MAX_TAG_LENGTH);
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
    } else if (!type.multicloud() && network == null) {
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
    for (JsonArguments each : body.objects("pools", MAX_POOLS)) {
      PoolSpec pool = reader.readInline(each);
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
