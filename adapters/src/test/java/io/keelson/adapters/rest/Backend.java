package io.keelson.adapters.rest;

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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A back end that does nothing but hand out credentials. */
public final class Backend implements Provisioning {
  public static final String CERTIFICATE =
      "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
  public static final String TOKEN = "t".repeat(56);

  public boolean reachable = true;

  /** Node types, each behind its zone and a blank, of which there is no machine left. */
  public final Set<String> soldOut = ConcurrentHashMap.newKeySet();

  /** Thrown by the stock query, if set. */
  public @Nullable RuntimeException silence;

  @Override
  public Optional<KubeAccess> kubeAccess(ClusterId cluster) {
    return reachable ? Optional.of(new KubeAccess(CERTIFICATE, TOKEN)) : Optional.empty();
  }

  @Override
  public boolean inStock(String zone, String nodeType) {
    if (silence != null) {
      throw silence;
    }
    return !soldOut.contains(zone + " " + nodeType);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities("test", true);
  }

  @Override
  public Result applyCluster(ClusterDocument document, String idempotencyKey) {
    throw new UnsupportedOperationException("the edge never calls this");
  }

  @Override
  public Result applyComponents(ComponentsDocument document, String idempotencyKey) {
    throw new UnsupportedOperationException("the edge never calls this");
  }

  @Override
  public Result applyPool(PoolDocument document, String idempotencyKey) {
    throw new UnsupportedOperationException("the edge never calls this");
  }

  @Override
  public Result applyAcl(AclDocument document, String idempotencyKey) {
    throw new UnsupportedOperationException("the edge never calls this");
  }

  @Override
  public Result rebootNode(ClusterId cluster, PoolId pool, NodeId node, String idempotencyKey) {
    throw new UnsupportedOperationException("the edge never calls this");
  }

  @Override
  public Result act(ClusterId cluster, ClusterAction action, String idempotencyKey) {
    throw new UnsupportedOperationException("the edge never calls this");
  }

  @Override
  public Result removePool(ClusterId cluster, PoolId pool, String idempotencyKey) {
    throw new UnsupportedOperationException("the edge never calls this");
  }

  @Override
  public Result removeAdditionalResources(ClusterId cluster, String idempotencyKey) {
    throw new UnsupportedOperationException("the edge never calls this");
  }

  @Override
  public Result removeCluster(ClusterId cluster, String idempotencyKey) {
    throw new UnsupportedOperationException("the edge never calls this");
  }

  @Override
  public Observation observe(ClusterId cluster) {
    throw new UnsupportedOperationException("the edge never calls this");
  }

  @Override
  public Changes changes(Cursor after, Duration wait) {
    throw new UnsupportedOperationException("the edge never calls this");
  }
}
