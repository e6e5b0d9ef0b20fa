package io.keelson.adapters.rest;

import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Bodies of calls, valid until a test changes them. */
public final class Bodies {
  public static final String NETWORK = "6a7a3a0e-6c0e-4d0e-9a55-0c7a2c1d9f10";

  private static final String CLUSTER =
      """
      {"project_id": "%s", "type": "", "name": "harbour", "description": "", "tags": null,
       "version": "1.40.3", "cni": "cilium", "private_network_id": "%s",
       "feature_gates": null, "admission_plugins": null, "apiserver_cert_sans": null,
       "pools": [{"name": "quay", "node_type": "DEV1-M", "size": 1, "autoscaling": false,
         "min_size": null, "max_size": null, "container_runtime": "unknown_runtime",
         "autohealing": false, "tags": null, "kubelet_args": null, "upgrade_policy": null,
         "zone": "", "root_volume_type": "default_volume_type", "root_volume_size": null,
         "public_ip_disabled": false, "placement_group_id": null, "security_group_id": null,
         "labels": null, "taints": null, "startup_taints": null, "private_network_id": null}]}
      """
          .formatted(Tenants.PROJECT, NETWORK);

  private Bodies() {}

  /** What a client sends for a small cluster. */
  public static String cluster() {
    return cluster(body -> {});
  }

  public static String cluster(Consumer<ObjectNode> change) {
    ObjectNode body = (ObjectNode) JsonMapper.shared().readTree(CLUSTER);
    change.accept(body);
    return body.toString();
  }

  public static String named(String name) {
    return cluster(body -> body.put("name", name));
  }

  /** A multicloud cluster, which has no network of its own; without pools. */
  public static String kosmos() {
    return cluster(
        body ->
            body.put("type", "multicloud")
                .put("name", "kosmos")
                .put("cni", "kilo")
                .putNull("private_network_id")
                .putNull("pools"));
  }

  /** The first pool of a cluster's body. */
  public static ObjectNode pool(ObjectNode body) {
    return (ObjectNode) body.get("pools").get(0);
  }
}
