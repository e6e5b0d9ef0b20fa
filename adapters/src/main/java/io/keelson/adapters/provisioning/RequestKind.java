package io.keelson.adapters.provisioning;

import io.keelson.commands.operation.RequestEvent;
import io.keelson.commands.operation.RequestEvent.AclRequested;
import io.keelson.commands.operation.RequestEvent.AdditionalResourcesRemovalRequested;
import io.keelson.commands.operation.RequestEvent.ClusterActionRequested;
import io.keelson.commands.operation.RequestEvent.ClusterRemovalRequested;
import io.keelson.commands.operation.RequestEvent.ComponentsRequested;
import io.keelson.commands.operation.RequestEvent.ControlPlaneRequested;
import io.keelson.commands.operation.RequestEvent.NodeRebootRequested;
import io.keelson.commands.operation.RequestEvent.PoolObservationAwaited;
import io.keelson.commands.operation.RequestEvent.PoolRemovalRequested;
import io.keelson.commands.operation.RequestEvent.PoolRequested;
import java.util.Arrays;

/** The name under which each kind of request is stored. A name must never change. */
enum RequestKind {
  CONTROL_PLANE("control-plane", ControlPlaneRequested.class),
  COMPONENTS("components", ComponentsRequested.class),
  POOL("pool", PoolRequested.class),
  ACL("acl", AclRequested.class),
  NODE_REBOOT("node-reboot", NodeRebootRequested.class),
  CLUSTER_ACTION("cluster-action", ClusterActionRequested.class),
  POOL_REMOVAL("pool-removal", PoolRemovalRequested.class),
  ADDITIONAL_RESOURCES_REMOVAL(
      "additional-resources-removal", AdditionalResourcesRemovalRequested.class),
  CLUSTER_REMOVAL("cluster-removal", ClusterRemovalRequested.class),
  POOL_OBSERVATION("pool-observation", PoolObservationAwaited.class);

  private final String text;
  private final Class<? extends RequestEvent> type;

  RequestKind(String text, Class<? extends RequestEvent> type) {
    this.text = text;
    this.type = type;
  }

  /** The kind of a request that is stored. */
  static RequestKind of(RequestEvent request) {
    return Arrays.stream(values())
        .filter(kind -> kind.type == request.getClass())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not stored: " + request));
  }

  static RequestKind named(String text) {
    return Arrays.stream(values())
        .filter(kind -> kind.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not a kind of request: " + text));
  }

  String text() {
    return text;
  }

  Class<? extends RequestEvent> type() {
    return type;
  }
}
