package io.keelson.adapters.rest;

import io.keelson.commands.ClusterId;
import io.keelson.commands.PoolId;
import io.keelson.commands.provisioning.Answer;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.ComponentsDocument;
import io.keelson.commands.provisioning.KubeAccess;
import io.keelson.commands.provisioning.Observation;
import io.keelson.commands.provisioning.PoolDocument;
import io.keelson.commands.provisioning.Provisioning;
import java.util.Optional;
import java.util.function.Consumer;

/** A back end that does nothing but hand out credentials. */
public final class Backend implements Provisioning {
  public static final String CERTIFICATE =
      "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
  public static final String TOKEN = "t".repeat(56);

  public boolean reachable = true;

  @Override
  public Optional<KubeAccess> kubeAccess(ClusterId cluster) {
    return reachable ? Optional.of(new KubeAccess(CERTIFICATE, TOKEN)) : Optional.empty();
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities("test", true);
  }

  @Override
  public Answer applyCluster(ClusterDocument document, String idempotencyKey) {
    throw new UnsupportedOperationException("the edge never calls this");
  }

  @Override
  public Answer applyComponents(ComponentsDocument document, String idempotencyKey) {
    throw new UnsupportedOperationException("the edge never calls this");
  }

  @Override
  public Answer applyPool(PoolDocument document, String idempotencyKey) {
    throw new UnsupportedOperationException("the edge never calls this");
  }

  @Override
  public Answer removePool(ClusterId cluster, PoolId pool, String idempotencyKey) {
    throw new UnsupportedOperationException("the edge never calls this");
  }

  @Override
  public Answer removeAdditionalResources(ClusterId cluster, String idempotencyKey) {
    throw new UnsupportedOperationException("the edge never calls this");
  }

  @Override
  public Answer removeCluster(ClusterId cluster, String idempotencyKey) {
    throw new UnsupportedOperationException("the edge never calls this");
  }

  @Override
  public Observation observe(ClusterId cluster) {
    throw new UnsupportedOperationException("the edge never calls this");
  }

  @Override
  public AutoCloseable watch(Consumer<ClusterId> hint) {
    throw new UnsupportedOperationException("the edge never calls this");
  }
}
