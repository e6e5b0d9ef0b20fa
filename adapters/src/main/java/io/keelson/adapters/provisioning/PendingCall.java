package io.keelson.adapters.provisioning;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.keelson.commands.Origin;
import io.keelson.commands.operation.OperationEvent.AclRequested;
import io.keelson.commands.operation.OperationEvent.AdditionalResourcesRemovalRequested;
import io.keelson.commands.operation.OperationEvent.AdminTokenResetRequested;
import io.keelson.commands.operation.OperationEvent.ClusterRemovalRequested;
import io.keelson.commands.operation.OperationEvent.ComponentsRequested;
import io.keelson.commands.operation.OperationEvent.ControlPlaneRequested;
import io.keelson.commands.operation.OperationEvent.NodeRebootRequested;
import io.keelson.commands.operation.OperationEvent.PoolRemovalRequested;
import io.keelson.commands.operation.OperationEvent.PoolRequested;
import io.keelson.commands.operation.OperationEvent.Wish;
import java.util.Map;
import java.util.UUID;

/**
 * A wish on its way to the provider, as it is stored with its task.
 *
 * @param wish under a name that stays when classes move
 * @param event the wish's own id
 * @param origin the wish's, as metadata
 */
record PendingCall(
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
        @JsonSubTypes({
          @JsonSubTypes.Type(value = ControlPlaneRequested.class, name = "control-plane"),
          @JsonSubTypes.Type(value = ComponentsRequested.class, name = "components"),
          @JsonSubTypes.Type(value = PoolRequested.class, name = "pool"),
          @JsonSubTypes.Type(value = PoolRemovalRequested.class, name = "pool-removal"),
          @JsonSubTypes.Type(
              value = AdditionalResourcesRemovalRequested.class,
              name = "additional-resources-removal"),
          @JsonSubTypes.Type(value = ClusterRemovalRequested.class, name = "cluster-removal"),
          @JsonSubTypes.Type(value = AclRequested.class, name = "acl"),
          @JsonSubTypes.Type(value = NodeRebootRequested.class, name = "node-reboot"),
          @JsonSubTypes.Type(value = AdminTokenResetRequested.class, name = "admin-token-reset")
        })
        Wish wish,
    UUID event,
    Map<String, String> origin) {

  PendingCall {
    origin = Map.copyOf(origin);
  }

  /** The same for the same wish and attempt, so that an event delivered twice is one call. */
  String id() {
    return wish.idempotencyKey() + "/" + wish.attempt();
  }

  /** The origin of what follows from the call. */
  Origin consequence() {
    return Origin.of(origin).causedBy(event, wish.operation());
  }
}
