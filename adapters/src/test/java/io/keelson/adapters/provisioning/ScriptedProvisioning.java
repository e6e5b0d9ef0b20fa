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
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A back end that responds and shows what a test says. Its feed keeps every change in memory. */
final class ScriptedProvisioning implements Provisioning {

  /**
   * A write.
   *
   * @param document null: the verb has none
   */
  record Call(String verb, String key, @Nullable Object document) {}

  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Map<ClusterId, Observation> shown = new ConcurrentHashMap<>();
  private final List<ClusterId> changed = new ArrayList<>();
  private final List<ClusterId> observations = new CopyOnWriteArrayList<>();
  private volatile Function<Call, Result> results = _ -> new Result.Accepted("uid", 1);
  private volatile Consumer<ClusterId> beforeObservation = _ -> {};
  private volatile Function<ClusterId, @Nullable Observation> override = _ -> null;

  void responds(Function<Call, Result> script) {
    results = script;
  }

  /** What happens before each observation is made. */
  void beforeObservation(Consumer<ClusterId> action) {
    beforeObservation = action;
  }

  /** What is observed instead of what is shown; null: what is shown. */
  void overrides(Function<ClusterId, @Nullable Observation> script) {
    override = script;
  }

  /** Shows something, and reports the change. */
  void shows(ClusterId cluster, Observation observation) {
    shown.put(cluster, observation);
    changes(cluster);
  }

  /** Shows something without a report. */
  void hides(ClusterId cluster, Observation observation) {
    shown.put(cluster, observation);
  }

  void changes(ClusterId cluster) {
    synchronized (changed) {
      changed.add(cluster);
      changed.notifyAll();
    }
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  <D> List<D> documents(Class<D> type) {
    return calls.stream().map(Call::document).filter(type::isInstance).map(type::cast).toList();
  }

  int observations() {
    return observations.size();
  }

  int observations(ClusterId cluster) {
    return Collections.frequency(observations, cluster);
  }

  private Result call(String verb, String key, @Nullable Object document) {
    Call call = new Call(verb, key, document);
    calls.add(call);
    return results.apply(call);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities("scripted", true);
  }

  @Override
  public Result applyCluster(ClusterDocument document, String key) {
    return call("applyCluster", key, document);
  }

  @Override
  public Result applyComponents(ComponentsDocument document, String key) {
    return call("applyComponents", key, document);
  }

  @Override
  public Result applyPool(PoolDocument document, String key) {
    return call("applyPool", key, document);
  }

  @Override
  public Result applyAcl(AclDocument document, String key) {
    return call("applyAcl", key, document);
  }

  @Override
  public Result rebootNode(ClusterId cluster, PoolId pool, NodeId node, String key) {
    return call("rebootNode", key, node);
  }

  @Override
  public Result act(ClusterId cluster, ClusterAction action, String key) {
    return call("act", key, action);
  }

  @Override
  public Result removePool(ClusterId cluster, PoolId pool, String key) {
    return call("removePool", key, pool);
  }

  @Override
  public Result removeAdditionalResources(ClusterId cluster, String key) {
    return call("removeAdditionalResources", key, null);
  }

  @Override
  public Result removeCluster(ClusterId cluster, String key) {
    return call("removeCluster", key, null);
  }

  @Override
  public Observation observe(ClusterId cluster) {
    beforeObservation.accept(cluster);
    observations.add(cluster);
    Observation instead = override.apply(cluster);
    return instead == null ? shown.getOrDefault(cluster, new Observation.Absent()) : instead;
  }

  @Override
  public Changes changes(Cursor after, Duration wait) {
    synchronized (changed) {
      int seen = after.equals(Cursor.START) ? -1 : Integer.parseInt(after.value());
      if (seen < 0 || seen > changed.size()) {
        return Changes.resync(next());
      }
      long end = System.nanoTime() + wait.toNanos();
      try {
        long left = wait.toMillis();
        while (changed.size() == seen && left > 0) {
          changed.wait(left);
          left = (end - System.nanoTime()) / 1_000_000;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Changes.none(after);
      }
      Set<ClusterId> clusters = new LinkedHashSet<>(changed.subList(seen, changed.size()));
      return new Changes(List.copyOf(clusters), next(), false);
    }
  }

  private Cursor next() {
    return new Cursor(String.valueOf(changed.size()));
  }

  @Override
  public boolean inStock(String zone, String nodeType) {
    return true;
  }

  @Override
  public Optional<KubeAccess> kubeAccess(ClusterId cluster) {
    return Optional.empty();
  }
}
