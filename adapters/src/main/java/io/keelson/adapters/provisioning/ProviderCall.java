package io.keelson.adapters.provisioning;

import io.keelson.adapters.provisioning.Desired.OfAcl;
import io.keelson.adapters.provisioning.Desired.OfControlPlane;
import io.keelson.adapters.provisioning.Desired.OfPool;
import io.keelson.commands.operation.RequestEvent.AclRequested;
import io.keelson.commands.operation.RequestEvent.AdditionalResourcesRemovalRequested;
import io.keelson.commands.operation.RequestEvent.ClusterActionRequested;
import io.keelson.commands.operation.RequestEvent.ClusterRemovalRequested;
import io.keelson.commands.operation.RequestEvent.ComponentsRequested;
import io.keelson.commands.operation.RequestEvent.ControlPlaneRequested;
import io.keelson.commands.operation.RequestEvent.NodeRebootRequested;
import io.keelson.commands.operation.RequestEvent.PoolRemovalRequested;
import io.keelson.commands.operation.RequestEvent.PoolRequested;
import io.keelson.commands.operation.RequestEvent.ProviderRequest;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.AclDocument;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.ComponentsDocument;
import io.keelson.commands.provisioning.PoolDocument;
import io.keelson.commands.provisioning.Provisioning;
import io.keelson.commands.provisioning.Result;
import io.keelson.commands.spec.ClusterSpec;
import io.keelson.commands.spec.PoolSpec;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Composes the document of a request from the newest desired state, and calls the provider. */
final class ProviderCall {

  private final Provisioning provisioning;
  private final DesiredTable desired;
  private final UserDataSecrets userData;

  ProviderCall(Provisioning provisioning, DesiredTable desired, UserDataSecrets userData) {
    this.provisioning = provisioning;
    this.desired = desired;
    this.userData = userData;
  }

  /** Empty: the desired state does not include the run's start yet, or no longer. */
  Optional<Result> make(ProviderRequest request) {
    String key = request.idempotencyKey();
    return switch (request) {
      case ControlPlaneRequested r ->
          current(r, OfControlPlane.class).map(d -> provisioning.applyCluster(cluster(r, d), key));
      case ComponentsRequested r -> Optional.of(provisioning.applyComponents(components(r), key));
      case PoolRequested r -> current(r, OfPool.class).flatMap(d -> pool(r, d));
      case AclRequested r ->
          current(r, OfAcl.class)
              .map(d -> new AclDocument(r.clusterId(), r.generation(), d.rules()))
              .map(document -> provisioning.applyAcl(document, key));
      case NodeRebootRequested r ->
          Optional.of(provisioning.rebootNode(r.clusterId(), r.pool(), r.node(), key));
      case ClusterActionRequested r ->
          Optional.of(provisioning.act(r.clusterId(), r.action(), key));
      case PoolRemovalRequested r ->
          Optional.of(provisioning.removePool(r.clusterId(), r.pool(), key));
      case AdditionalResourcesRemovalRequested r ->
          Optional.of(provisioning.removeAdditionalResources(r.clusterId(), key));
      case ClusterRemovalRequested r -> Optional.of(provisioning.removeCluster(r.clusterId(), key));
    };
  }

  private <D extends Desired> Optional<D> current(ProviderRequest request, Class<D> type) {
    return desired
        .find(request.clusterId(), request.target())
        .filter(found -> found.runs().contains(request.operation()))
        .map(type::cast);
  }

  private Optional<Result> pool(PoolRequested request, OfPool pool) {
    Function<Map<String, String>, PoolDocument> document =
        document(request, pool.spec()).orElse(null);
    if (document == null) {
      return Optional.empty();
    }
    return Optional.of(
        switch (userData.reveal(pool.spec().machine().userData())) {
          case UserDataSecrets.Revealed(Map<String, String> values) ->
              provisioning.applyPool(document.apply(values), request.idempotencyKey());
          case UserDataSecrets.Erased(Result.Refused refused) -> refused;
        });
  }

  private Optional<Function<Map<String, String>, PoolDocument>> document(
      PoolRequested request, PoolSpec spec) {
    return desired
        .find(request.clusterId(), Target.CONTROL_PLANE)
        .map(cluster -> ((OfControlPlane) cluster).spec().name())
        .map(name -> values -> pool(request, spec, name, values));
  }

  private static PoolDocument pool(
      PoolRequested request, PoolSpec spec, String clusterName, Map<String, String> userData) {
    return new PoolDocument(
        request.clusterId(),
        request.pool(),
        request.generation(),
        clusterName,
        spec.name(),
        spec.version(),
        spec.machine(),
        userData,
        spec.nodes(),
        request.size(),
        request.maxSize(),
        request.nodesToRemove());
  }

  private static ClusterDocument cluster(ControlPlaneRequested request, OfControlPlane desired) {
    ClusterSpec spec = desired.spec();
    return new ClusterDocument(
        request.clusterId(),
        request.generation(),
        spec.name(),
        desired.region(),
        spec.type().toString(),
        spec.version(),
        spec.type().controlPlaneReplicas(),
        spec.network(),
        spec.apiServer());
  }

  private static ComponentsDocument components(ComponentsRequested request) {
    return new ComponentsDocument(
        request.clusterId(),
        request.desired().generation(),
        request.desired().version(),
        request.desired().components());
  }
}
