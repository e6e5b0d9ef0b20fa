package io.keelson.adapters.provisioning;

import io.keelson.commands.ClusterAction;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.provisioning.AclDocument;
import io.keelson.commands.provisioning.Changes;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.ComponentsDocument;
import io.keelson.commands.provisioning.Cursor;
import io.keelson.commands.provisioning.KubeAccess;
import io.keelson.commands.provisioning.Observation;
import io.keelson.commands.provisioning.PoolDocument;
import io.keelson.commands.provisioning.Provisioning;
import io.keelson.commands.provisioning.Result;
import java.time.Duration;
import java.util.Optional;

/** Forwards each call to a back end; a subclass overrides what is to differ. */
class ForwardingProvisioning implements Provisioning {

  private final Provisioning behind;

  ForwardingProvisioning(Provisioning behind) {
    this.behind = behind;
  }

  @Override
  public Capabilities capabilities() {
    return behind.capabilities();
  }

  @Override
  public Result applyCluster(ClusterDocument document, String idempotencyKey) {
    return behind.applyCluster(document, idempotencyKey);
  }

  @Override
  public Result applyComponents(ComponentsDocument document, String idempotencyKey) {
    return behind.applyComponents(document, idempotencyKey);
  }

  @Override
  public Result applyPool(PoolDocument document, String idempotencyKey) {
    return behind.applyPool(document, idempotencyKey);
  }

  @Override
  public Result applyAcl(AclDocument document, String idempotencyKey) {
    return behind.applyAcl(document, idempotencyKey);
  }

  @Override
  public Result rebootNode(ClusterId cluster, PoolId pool, NodeId node, String idempotencyKey) {
    return behind.rebootNode(cluster, pool, node, idempotencyKey);
  }

  @Override
  public Result act(ClusterId cluster, ClusterAction action, String idempotencyKey) {
    return behind.act(cluster, action, idempotencyKey);
  }

  @Override
  public boolean inStock(String zone, String nodeType) {
    return behind.inStock(zone, nodeType);
  }

  @Override
  public Result removePool(ClusterId cluster, PoolId pool, String idempotencyKey) {
    return behind.removePool(cluster, pool, idempotencyKey);
  }

  @Override
  public Result removeAdditionalResources(ClusterId cluster, String idempotencyKey) {
    return behind.removeAdditionalResources(cluster, idempotencyKey);
  }

  @Override
  public Result removeCluster(ClusterId cluster, String idempotencyKey) {
    return behind.removeCluster(cluster, idempotencyKey);
  }

  @Override
  public Observation observe(ClusterId cluster) {
    return behind.observe(cluster);
  }

  @Override
  public Changes changes(Cursor after, Duration wait) {
    return behind.changes(after, wait);
  }

  @Override
  public Optional<KubeAccess> kubeAccess(ClusterId cluster) {
    return behind.kubeAccess(cluster);
  }
}
