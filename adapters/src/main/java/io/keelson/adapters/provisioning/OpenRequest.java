package io.keelson.adapters.provisioning;

import io.keelson.commands.OperationId;
import io.keelson.commands.Origin;
import io.keelson.commands.operation.RequestEvent;
import io.keelson.commands.operation.RequestEvent.ProviderRequest;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.Result;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that its run still waits for.
 *
 * @param event the event that made it
 * @param origin the metadata of that event
 * @param result the last one of the provider; null: there is none yet
 * @param reported whether the run has been notified of {@code result}
 * @param failures attempts to call the provider without success, in a row
 * @param fingerprint of the part of the observation that the run was given last; empty: none
 */
record OpenRequest(
    RequestEvent request,
    UUID event,
    Map<String, String> origin,
    @Nullable Result result,
    boolean reported,
    int failures,
    String fingerprint) {

  OpenRequest {
    origin = Map.copyOf(origin);
  }

  static OpenRequest of(RequestEvent request, UUID event, Origin origin) {
    return new OpenRequest(request, event, origin.toMetadata(), null, false, 0, "");
  }

  OperationId operation() {
    return request.operation();
  }

  Target target() {
    return request.target();
  }

  /** Names the request among all requests of all runs. */
  String key() {
    return request instanceof ProviderRequest call
        ? call.idempotencyKey()
        : operation() + "/" + target() + "/observation";
  }

  /** The origin of what follows from a call of the provider. */
  Origin consequence() {
    return Origin.of(origin).causedBy(event, "provisioning", operation());
  }
}
