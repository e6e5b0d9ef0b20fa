package io.keelson.adapters.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.keelson.commands.ClusterAction;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.PoolId;
import io.keelson.commands.operation.Convergence;
import io.keelson.commands.provisioning.Changes;
import io.keelson.commands.provisioning.ClusterDocument;
import io.keelson.commands.provisioning.ComponentsDocument;
import io.keelson.commands.provisioning.Condition;
import io.keelson.commands.provisioning.Cursor;
import io.keelson.commands.provisioning.KubeAccess;
import io.keelson.commands.provisioning.Observation;
import io.keelson.commands.provisioning.ObservedCluster;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedPool;
import io.keelson.commands.provisioning.PoolDocument;
import io.keelson.commands.provisioning.Provisioning;
import io.keelson.commands.provisioning.Result;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every back end of the provisioning port must do: each sentence of its docstrings. */
public abstract class ProvisioningContract {

  private static final int MAX_MOMENTS = 2_000;

  /** The back end, the same world at each call. */
  protected abstract Provisioning provisioning();

  /** The same port while nothing behind it can be reached. */
  protected abstract Provisioning outOfReach();

  /** Lets a moment pass: long enough for a step to end, too short for all steps to end. */
  protected abstract void letTimePass();

  private final ClusterId cluster = Documents.newCluster();
  private final PoolId pool = Documents.newPool();

  // --- Writes are upserts of whole documents.

  @Test
  void a_cluster_converges_to_its_documents() {
    ClusterDocument controlPlane = Documents.controlPlane(cluster, 1, 3);
    ComponentsDocument components = Documents.components(cluster, 2);
    PoolDocument workers = Documents.pool(cluster, pool, 3, 2);
    assertAccepted(provisioning().applyCluster(controlPlane, "cp"), 1);
    assertAccepted(provisioning().applyComponents(components, "components"), 2);
    assertAccepted(provisioning().applyPool(workers, "pool"), 3);

    ObservedCluster seen =
        last(
            until(
                c ->
                    Convergence.converged(Documents.target(controlPlane), c.controlPlane())
                        && Convergence.converged(Documents.target(components), c.components())
                        && converged(workers, c)));

    assertThat(seen.deleting()).isFalse();
    assertThat(seen.components().ready()).containsOnlyKeys(components.components());
    assertThat(seen.nodes())
        .hasSize(2)
        .allSatisfy(
            node -> {
              assertThat(node.pool()).isEqualTo(pool);
              assertThat(node.phase()).isEqualTo(NodePhase.READY);
              assertThat(node.version()).isEqualTo(workers.version());
              assertThat(node.conditions()).containsEntry("Ready", "True");
              assertThat(node.providerId()).startsWith("scaleway://instance/fr-par-1/");
              assertThat(node.name())
                  .isEqualTo(
                      "scw-a-cluster-with-a-workers-" + node.node().toString().substring(0, 6));
              assertThat(node.message()).isEmpty();
            });
    assertThat(seen.nodes().stream().map(ObservedNode::providerId).distinct()).hasSize(2);
    assertThat(Objects.requireNonNull(find(pool, seen)).blockedReasons()).isEmpty();
  }

  @Test
  void a_repeat_is_accepted_and_changes_nothing() {
    PoolDocument workers = Documents.pool(cluster, pool, 3, 2);
    ObservedCluster before = clusterWith(workers);

    for (String key : List.of("pool", "pool", "another key")) {
      assertAccepted(provisioning().applyPool(workers, key), 3);
    }
    assertAccepted(provisioning().applyCluster(Documents.controlPlane(cluster, 1, 1), "cp"), 1);
    assertAccepted(provisioning().applyComponents(Documents.components(cluster, 2), "co"), 2);

    assertUnchangedAfterAWhile(before);
  }

  @Test
  void a_document_older_than_the_one_held_is_accepted_and_changes_nothing() {
    ObservedCluster before = clusterWith(Documents.pool(cluster, pool, 7, 2));

    assertThat(
            assertAccepted(provisioning().applyPool(Documents.pool(cluster, pool, 6, 5), "late"), 6)
                .generation())
        .isEqualTo(7);
    assertAccepted(provisioning().applyCluster(Documents.controlPlane(cluster, 0, 3), "late"), 0);
    assertAccepted(provisioning().applyComponents(Documents.components(cluster, 0), "late"), 0);

    assertUnchangedAfterAWhile(before);
  }

  @Test
  void concurrent_repeats_of_a_write_have_one_effect() throws Exception {
    clusterWith();
    PoolDocument workers = Documents.pool(cluster, pool, 3, 2);
    try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
      List<Future<Result>> results =
          IntStream.range(0, 8)
              .mapToObj(_ -> callers.submit(() -> provisioning().applyPool(workers, "pool")))
              .toList();
      for (Future<Result> result : results) {
        assertAccepted(result.get(), 3);
      }
    }

    ObservedCluster seen = last(until(c -> converged(workers, c)));
    assertThat(seen.nodes()).hasSize(2);
    assertUnchangedAfterAWhile(seen);
  }

  @Test
  void an_object_keeps_its_uid() {
    ClusterDocument first = Documents.controlPlane(cluster, 1, 1);
    String uid = assertAccepted(provisioning().applyCluster(first, "1"), 1).uid();

    assertThat(uid).isNotBlank();
    assertThat(assertAccepted(provisioning().applyCluster(first, "1"), 1).uid()).isEqualTo(uid);
    assertThat(see().uid()).isEqualTo(uid);
  }

  @Test
  void clusters_do_not_disturb_each_other() {
    ObservedCluster before = clusterWith(Documents.pool(cluster, pool, 3, 1));
    ClusterId neighbour = Documents.newCluster();
    provisioning().applyCluster(Documents.controlPlane(neighbour, 1, 1), "n1");
    provisioning().applyPool(Documents.pool(neighbour, Documents.newPool(), 2, 3), "n2");
    provisioning().removeCluster(neighbour, "n3");

    assertUnchangedAfterAWhile(before);
  }

  // --- Pools change.

  @Test
  void a_pool_grows_and_keeps_its_nodes() {
    Set<ObservedNode> before =
        new HashSet<>(clusterWith(Documents.pool(cluster, pool, 3, 1)).nodes());
    PoolDocument larger = Documents.pool(cluster, pool, 4, 3);
    assertAccepted(provisioning().applyPool(larger, "larger"), 4);

    ObservedCluster seen = last(until(c -> converged(larger, c)));

    assertThat(seen.nodes()).hasSize(3).containsAll(before);
  }

  @Test
  void a_pool_shrinks_and_the_rest_stays() {
    List<ObservedNode> before = clusterWith(Documents.pool(cluster, pool, 3, 3)).nodes();
    PoolDocument smaller = Documents.pool(cluster, pool, 4, 1);
    assertAccepted(provisioning().applyPool(smaller, "smaller"), 4);

    until(c -> converged(smaller, c));
    ObservedCluster seen = last(until(c -> c.nodes().size() == 1));

    assertThat(before).containsAll(seen.nodes());
  }

  @Test
  void a_pool_can_be_empty() {
    PoolDocument empty = Documents.pool(cluster, pool, 3, 0);
    assertThat(clusterWith(empty).nodes()).isEmpty();
  }

  @Test
  void a_pool_can_be_emptied_and_filled_again() {
    List<ObservedNode> before = clusterWith(Documents.pool(cluster, pool, 3, 2)).nodes();
    PoolDocument empty = Documents.pool(cluster, pool, 4, 0);
    assertAccepted(provisioning().applyPool(empty, "empty"), 4);
    until(c -> converged(empty, c) && nodesOf(pool, c).isEmpty());
    PoolDocument filled = Documents.pool(cluster, pool, 5, 1);
    assertAccepted(provisioning().applyPool(filled, "filled"), 5);

    ObservedCluster seen = last(until(c -> converged(filled, c)));

    assertThat(seen.nodes()).hasSize(1);
    assertThat(before)
        .extracting(ObservedNode::node)
        .doesNotContain(seen.nodes().getFirst().node());
  }

  @Test
  void a_pool_can_be_added_to_a_cluster_that_runs() {
    ObservedCluster before = clusterWith(Documents.pool(cluster, pool, 3, 1));
    PoolId other = Documents.newPool();
    PoolDocument added = Documents.pool(cluster, other, 1, 2);
    assertAccepted(provisioning().applyPool(added, "added"), 1);

    ObservedCluster seen = last(until(c -> converged(added, c)));

    assertThat(nodesOf(other, seen)).hasSize(2);
    assertThat(nodesOf(pool, seen)).isEqualTo(before.nodes());
  }

  @Test
  void a_newer_size_supersedes_one_that_is_not_reached_yet() {
    List<ObservedNode> before = clusterWith(Documents.pool(cluster, pool, 3, 1)).nodes();
    assertAccepted(provisioning().applyPool(Documents.pool(cluster, pool, 4, 4), "more"), 4);
    letTimePass();
    PoolDocument fewer = Documents.pool(cluster, pool, 5, 2);
    assertAccepted(provisioning().applyPool(fewer, "fewer"), 5);

    ObservedCluster seen = last(until(c -> converged(fewer, c) && nodesOf(pool, c).size() == 2));

    assertThat(seen.nodes()).containsAll(before);
  }

  @Test
  void a_ready_node_stays_while_there_are_others_to_remove() {
    List<ObservedNode> before = clusterWith(Documents.pool(cluster, pool, 3, 1)).nodes();
    assertAccepted(provisioning().applyPool(Documents.pool(cluster, pool, 4, 3), "more"), 4);
    letTimePass();
    PoolDocument again = Documents.pool(cluster, pool, 5, 1);
    assertAccepted(provisioning().applyPool(again, "again"), 5);

    ObservedCluster seen = last(until(c -> converged(again, c) && nodesOf(pool, c).size() == 1));

    assertThat(seen.nodes()).isEqualTo(before);
  }

  @Test
  void labels_change_no_node() {
    ObservedCluster before = clusterWith(Documents.pool(cluster, pool, 3, 2));
    PoolDocument labelled =
        Documents.pool(cluster, pool, 4, 2, Documents.OLD, Map.of("tier", "front"));
    assertAccepted(provisioning().applyPool(labelled, "labels"), 4);

    ObservedCluster seen = last(until(c -> converged(labelled, c)));

    assertThat(seen.nodes()).isEqualTo(before.nodes());
  }

  // --- Pools are rolled, node by node.

  @Test
  void a_node_to_remove_is_removed_and_another_is_created() {
    List<ObservedNode> before = clusterWith(Documents.pool(cluster, pool, 3, 3)).nodes();
    NodeId toRemove = before.get(1).node();
    PoolDocument rolled =
        Documents.rolling(Documents.pool(cluster, pool, 4, 3), 0, List.of(toRemove));
    assertAccepted(provisioning().applyPool(rolled, "rolled"), 4);

    ObservedCluster seen = last(until(c -> converged(rolled, c) && nodesOf(pool, c).size() == 3));

    assertThat(seen.nodes())
        .containsAll(List.of(before.get(0), before.get(2)))
        .extracting(ObservedNode::node)
        .doesNotContain(toRemove);
    assertAccepted(provisioning().applyPool(rolled, "rolled"), 4);
    assertUnchangedAfterAWhile(seen);
  }

  @Test
  void there_are_never_more_machines_than_a_document_allows() {
    List<ObservedNode> before = clusterWith(Documents.pool(cluster, pool, 3, 3)).nodes();
    List<NodeId> nodesToRemove = before.stream().limit(2).map(ObservedNode::node).toList();
    PoolDocument rolled = Documents.rolling(Documents.pool(cluster, pool, 4, 3), 4, nodesToRemove);
    assertAccepted(provisioning().applyPool(rolled, "rolled"), 4);

    assertThat(until(c -> converged(rolled, c) && nodesOf(pool, c).size() == 3))
        .allSatisfy(c -> assertThat(nodesOf(pool, c)).hasSizeLessThanOrEqualTo(4))
        .anySatisfy(c -> assertThat(nodesOf(pool, c)).hasSize(4))
        .allSatisfy(c -> assertThat(nodesOf(pool, c)).contains(before.getLast()));
  }

  @Test
  void a_node_to_remove_does_not_count_as_ready() {
    NodeId toRemove = clusterWith(Documents.pool(cluster, pool, 3, 2)).nodes().getFirst().node();
    PoolDocument rolled =
        Documents.rolling(Documents.pool(cluster, pool, 4, 2), 2, List.of(toRemove));
    assertAccepted(provisioning().applyPool(rolled, "rolled"), 4);

    for (ObservedCluster seen : until(c -> converged(rolled, c))) {
      long ready = nodesOf(pool, seen).stream().filter(n -> n.phase() == NodePhase.READY).count();
      assertThat((long) Objects.requireNonNull(find(pool, seen)).replicas().ready())
          .isEqualTo(ready);
    }
  }

  @Test
  void an_absent_node_can_be_among_the_nodes_to_remove() {
    ObservedCluster before = clusterWith(Documents.pool(cluster, pool, 3, 2));
    PoolDocument rolled =
        Documents.rolling(
            Documents.pool(cluster, pool, 4, 2), 3, List.of(new NodeId(UUID.randomUUID())));
    assertAccepted(provisioning().applyPool(rolled, "rolled"), 4);

    assertThat(last(until(c -> converged(rolled, c))).nodes()).isEqualTo(before.nodes());
  }

  @Test
  void new_nodes_have_the_version_of_their_document_and_the_others_keep_theirs() {
    List<ObservedNode> before = clusterWith(Documents.pool(cluster, pool, 3, 2)).nodes();
    ClusterDocument upgraded = Documents.controlPlane(cluster, 4, 1, Documents.NEW);
    assertAccepted(provisioning().applyCluster(upgraded, "upgraded"), 4);
    until(c -> Convergence.converged(Documents.target(upgraded), c.controlPlane()));
    PoolDocument half =
        Documents.rolling(
            Documents.pool(cluster, pool, 5, 2, Documents.NEW, Map.of()),
            3,
            List.of(before.getFirst().node()));
    assertAccepted(provisioning().applyPool(half, "half"), 5);

    ObservedCluster seen = last(until(c -> converged(half, c)));

    ObservedPool shown = Objects.requireNonNull(find(pool, seen));
    assertThat(shown.replicas().versions()).isEqualTo(Map.of(Documents.OLD, 1, Documents.NEW, 1));
    assertThat(Convergence.upToDate(Documents.target(half), shown)).isFalse();

    PoolDocument whole =
        Documents.rolling(
            Documents.pool(cluster, pool, 6, 2, Documents.NEW, Map.of()),
            3,
            List.of(before.getLast().node()));
    assertAccepted(provisioning().applyPool(whole, "whole"), 6);
    until(
        c -> Convergence.upToDate(Documents.target(whole), Objects.requireNonNull(find(pool, c))));
  }

  @Test
  void no_node_is_newer_than_an_api_server() {
    NodeId old = clusterWith(Documents.pool(cluster, pool, 3, 1)).nodes().getFirst().node();
    ClusterDocument upgraded = Documents.controlPlane(cluster, 4, 3, Documents.NEW);
    PoolDocument early =
        Documents.rolling(
            Documents.pool(cluster, pool, 5, 1, Documents.NEW, Map.of()), 2, List.of(old));
    assertAccepted(provisioning().applyPool(early, "early"), 5);
    assertThat(
            last(until(c -> !Objects.requireNonNull(find(pool, c)).blockedReasons().isEmpty()))
                .nodes())
        .noneMatch(n -> n.version().equals(Documents.NEW))
        .allSatisfy(n -> assertThat(n.message()).as("no node is blocked").isEmpty());
    assertAccepted(provisioning().applyCluster(upgraded, "upgraded"), 4);

    assertThat(until(c -> converged(early, c)))
        .allSatisfy(
            c -> {
              if (c.controlPlane().replicas().versions().containsKey(Documents.OLD)) {
                assertThat(c.nodes()).noneMatch(n -> n.version().equals(Documents.NEW));
              }
            });
  }

  // --- Nodes boot again.

  @Test
  void a_node_boots_again_under_another_boot_id() {
    ObservedNode before = clusterWith(Documents.pool(cluster, pool, 3, 2)).nodes().getFirst();
    assertThat(before.bootId()).isNotEmpty();
    assertAccepted(provisioning().rebootNode(cluster, pool, before.node(), "reboot"), 0);

    List<ObservedNode> seen =
        until(c -> !node(before, c).bootId().equals(before.bootId()) && isReady(before, c)).stream()
            .map(c -> node(before, c))
            .toList();

    assertThat(seen)
        .extracting(ObservedNode::phase)
        .contains(NodePhase.REBOOTING)
        .containsOnly(NodePhase.READY, NodePhase.REBOOTING);
    ObservedCluster after = see();
    assertAccepted(provisioning().rebootNode(cluster, pool, before.node(), "reboot"), 0);
    assertUnchangedAfterAWhile(after);
  }

  @Test
  void a_reboot_of_something_absent_has_no_effect() {
    ObservedCluster before = clusterWith(Documents.pool(cluster, pool, 3, 1));
    NodeId stranger = new NodeId(UUID.randomUUID());

    assertAccepted(provisioning().rebootNode(cluster, pool, stranger, "1"), 0);
    assertAccepted(provisioning().rebootNode(cluster, Documents.newPool(), stranger, "2"), 0);
    assertAccepted(provisioning().rebootNode(Documents.newCluster(), pool, stranger, "3"), 0);
    assertUnchangedAfterAWhile(before);
  }

  // --- Removals are final.

  @Test
  void something_absent_can_be_removed() {
    assertAccepted(provisioning().removePool(cluster, pool, "1"), 0);
    assertAccepted(provisioning().removeAdditionalResources(cluster, "2"), 0);
    assertAccepted(provisioning().removeCluster(cluster, "3"), 0);
    assertAccepted(provisioning().removeCluster(cluster, "3"), 0);
    assertAccepted(provisioning().removeCluster(cluster, "4"), 0);
    assertAccepted(provisioning().removePool(cluster, pool, "5"), 0);
    assertThat(provisioning().observe(cluster)).isInstanceOf(Observation.Absent.class);
  }

  @Test
  void a_pool_is_removed_with_its_nodes_and_the_other_pools_stay() {
    PoolId other = Documents.newPool();
    PoolDocument staying = Documents.pool(cluster, other, 4, 1);
    clusterWith(Documents.pool(cluster, pool, 3, 2), staying);
    assertAccepted(provisioning().removePool(cluster, pool, "remove"), 0);

    ObservedCluster seen = last(until(c -> find(pool, c) == null && nodesOf(pool, c).isEmpty()));

    assertThat(converged(staying, seen)).isTrue();
    assertThat(seen.nodes()).hasSize(1);
    assertAccepted(provisioning().removePool(cluster, pool, "again"), 0);
  }

  @Test
  void a_pool_can_be_removed_while_it_grows() {
    clusterWith(Documents.pool(cluster, pool, 3, 1));
    assertAccepted(provisioning().applyPool(Documents.pool(cluster, pool, 4, 3), "more"), 4);
    letTimePass();
    assertAccepted(provisioning().removePool(cluster, pool, "remove"), 0);

    until(c -> find(pool, c) == null && nodesOf(pool, c).isEmpty());
  }

  @Test
  void a_removed_pool_is_never_created_again() {
    clusterWith(Documents.pool(cluster, pool, 3, 1));
    provisioning().removePool(cluster, pool, "remove");

    assertRemoved(
        provisioning().applyPool(Documents.pool(cluster, pool, 4, 1), "while it is deleting"));
    until(c -> find(pool, c) == null && nodesOf(pool, c).isEmpty());
    assertRemoved(provisioning().applyPool(Documents.pool(cluster, pool, 5, 1), "later"));
    assertRemoved(provisioning().applyPool(Documents.pool(cluster, pool, 3, 1), "pool"));
    assertThat(find(pool, see())).isNull();
  }

  @Test
  void a_pool_that_was_removed_before_it_was_applied_is_never_created() {
    clusterWith();
    assertAccepted(provisioning().removePool(cluster, pool, "remove"), 0);

    assertRemoved(provisioning().applyPool(Documents.pool(cluster, pool, 3, 1), "pool"));
    assertThat(find(pool, see())).isNull();
  }

  @Test
  void a_cluster_is_removed_with_its_pools_and_nodes() {
    clusterWith(Documents.pool(cluster, pool, 3, 2));
    assertAccepted(provisioning().removeCluster(cluster, "remove"), 0);

    untilAbsent();

    assertAccepted(provisioning().removeCluster(cluster, "again"), 0);
  }

  @Test
  void a_removed_cluster_is_never_created_again() {
    clusterWith(Documents.pool(cluster, pool, 3, 1));
    provisioning().removeCluster(cluster, "remove");

    assertNothingCanBeApplied();
    untilAbsent();
    assertNothingCanBeApplied();
    assertThat(provisioning().observe(cluster)).isInstanceOf(Observation.Absent.class);
  }

  @Test
  void a_cluster_that_was_removed_before_it_was_applied_is_never_created() {
    assertAccepted(provisioning().removeCluster(cluster, "remove"), 0);

    assertNothingCanBeApplied();
    assertThat(provisioning().observe(cluster)).isInstanceOf(Observation.Absent.class);
  }

  @Test
  void a_cluster_can_be_removed_before_it_has_converged() {
    provisioning().applyCluster(Documents.controlPlane(cluster, 1, 3), "cp");
    provisioning().applyPool(Documents.pool(cluster, pool, 2, 2), "pool");
    letTimePass();
    assertAccepted(provisioning().removeCluster(cluster, "remove"), 0);

    untilAbsent();
  }

  @Test
  void additional_resources_can_be_removed_while_the_cluster_stays() {
    assumeThat(provisioning().capabilities().additionalResources()).isTrue();
    PoolDocument workers = Documents.pool(cluster, pool, 3, 1);
    clusterWith(workers);
    assertAccepted(provisioning().removeAdditionalResources(cluster, "resources"), 0);

    ObservedCluster seen = last(until(c -> c.additionalResources().isEmpty()));

    assertThat(converged(workers, seen)).isTrue();
    assertAccepted(provisioning().removeAdditionalResources(cluster, "resources"), 0);
  }

  // --- Observations are honest, if late.

  @Test
  void a_cluster_that_was_never_applied_is_absent() {
    assertThat(provisioning().observe(cluster)).isInstanceOf(Observation.Absent.class);
  }

  @Test
  void an_accepted_cluster_is_never_absent() {
    provisioning().applyCluster(Documents.controlPlane(cluster, 1, 1), "cp");
    assertThat(provisioning().observe(cluster)).isInstanceOf(Observation.Present.class);
    provisioning().applyPool(Documents.pool(cluster, pool, 2, 1), "pool");
    assertThat(find(pool, see())).isNotNull();
  }

  @Test
  void a_status_never_speaks_about_a_document_that_was_not_sent() {
    PoolDocument small = Documents.pool(cluster, pool, 5, 1);
    PoolDocument large = Documents.pool(cluster, pool, 9, 3);
    clusterWith(small);
    provisioning().applyPool(large, "large");

    for (ObservedCluster seen : until(c -> converged(large, c))) {
      ObservedPool shown = Objects.requireNonNull(find(pool, seen));
      long generation = shown.observedGeneration();
      assertThat(generation).isIn(5L, 9L);
      assertThat(shown.replicas().desired()).isEqualTo(generation == 5 ? 1 : 3);
    }
  }

  @Test
  void a_cluster_is_not_converged_at_once_and_stays_so_once_it_is() {
    ClusterDocument controlPlane = Documents.controlPlane(cluster, 1, 3);
    PoolDocument workers = Documents.pool(cluster, pool, 2, 2);
    provisioning().applyCluster(controlPlane, "cp");
    provisioning().applyPool(workers, "pool");
    assertThat(Convergence.converged(Documents.target(controlPlane), see().controlPlane()))
        .isFalse();
    assertThat(converged(workers, see())).isFalse();

    ObservedCluster seen =
        last(
            until(
                c ->
                    Convergence.converged(Documents.target(controlPlane), c.controlPlane())
                        && converged(workers, c)));

    assertUnchangedAfterAWhile(seen);
  }

  @Test
  void a_converged_pool_has_all_its_nodes_ready() {
    PoolDocument workers = Documents.pool(cluster, pool, 3, 3);
    provisioning().applyCluster(Documents.controlPlane(cluster, 1, 1), "cp");
    provisioning().applyPool(workers, "pool");

    for (ObservedCluster seen : until(c -> converged(workers, c))) {
      ObservedPool shown = Objects.requireNonNull(find(pool, seen));
      long ready = nodesOf(pool, seen).stream().filter(n -> n.phase() == NodePhase.READY).count();
      assertThat((long) shown.replicas().ready()).isEqualTo(ready);
      assertThat(converged(workers, seen)).isEqualTo(ready == 3);
    }
  }

  @Test
  void components_and_nodes_need_a_control_plane() {
    provisioning().applyCluster(Documents.controlPlane(cluster, 1, 1), "cp");
    provisioning().applyComponents(Documents.components(cluster, 2), "components");
    provisioning().applyPool(Documents.pool(cluster, pool, 3, 1), "pool");

    for (ObservedCluster seen :
        until(
            c ->
                Convergence.converged(
                    Documents.target(Documents.components(cluster, 2)), c.components()))) {
      boolean available =
          seen.controlPlane().conditions().stream()
              .anyMatch(c -> c.type().equals("Available") && c.isTrue());
      if (!available) {
        assertThat(seen.components().ready()).doesNotContainValue(true);
        assertThat(seen.nodes()).noneMatch(n -> n.phase() == NodePhase.READY);
      }
    }
  }

  @Test
  void a_node_moves_only_forward_through_its_phases() {
    clusterWith();
    PoolDocument workers = Documents.pool(cluster, pool, 3, 1);
    provisioning().applyPool(workers, "pool");
    List<NodePhase> creation =
        until(c -> converged(workers, c)).stream()
            .flatMap(c -> c.nodes().stream())
            .map(ObservedNode::phase)
            .distinct()
            .toList();
    assertThat(creation).isSorted().startsWith(NodePhase.CREATING).endsWith(NodePhase.READY);

    provisioning().removePool(cluster, pool, "remove");
    List<NodePhase> deletion =
        until(c -> c.nodes().isEmpty()).stream()
            .flatMap(c -> c.nodes().stream())
            .map(ObservedNode::phase)
            .distinct()
            .toList();
    assertThat(deletion).isSubsetOf(NodePhase.READY, NodePhase.DELETING);
  }

  @Test
  void conditions_are_true_false_or_unknown() {
    provisioning().applyCluster(Documents.controlPlane(cluster, 1, 3), "cp");
    ClusterDocument document = Documents.controlPlane(cluster, 1, 3);

    for (ObservedCluster seen :
        until(c -> Convergence.converged(Documents.target(document), c.controlPlane()))) {
      assertThat(seen.controlPlane().conditions())
          .extracting(Condition::status)
          .isSubsetOf("True", "False", "Unknown");
    }
  }

  // --- Changes.

  @Test
  void a_new_reader_must_resync() {
    Changes first = provisioning().changes(Cursor.START, Duration.ofMinutes(1));

    assertThat(first.resync()).isTrue();
    assertThat(first.clusters()).isEmpty();
    assertThat(first.next()).isNotEqualTo(Cursor.START);
    assertThat(provisioning().changes(first.next(), Duration.ZERO).resync()).isFalse();
  }

  @Test
  void a_reader_with_an_unknown_cursor_must_resync() {
    for (String unknown : List.of("unknown", "0", "a|b|c", " ")) {
      Changes changes = provisioning().changes(new Cursor(unknown), Duration.ofMinutes(1));

      assertThat(changes.resync()).as(unknown).isTrue();
      assertThat(provisioning().changes(changes.next(), Duration.ZERO).resync()).isFalse();
    }
  }

  @Test
  void a_reader_that_observes_the_reported_clusters_misses_nothing() {
    ChangeReader reader = new ChangeReader(provisioning(), cluster);
    PoolDocument workers = Documents.pool(cluster, pool, 3, 2);
    List<Runnable> writes =
        List.of(
            () -> provisioning().applyCluster(Documents.controlPlane(cluster, 1, 3), "1"),
            () -> provisioning().applyComponents(Documents.components(cluster, 2), "2"),
            () -> provisioning().applyPool(workers, "3"),
            () -> provisioning().applyPool(Documents.pool(cluster, pool, 4, 1), "4"),
            () -> provisioning().rebootNode(cluster, pool, someNode(), "5"),
            () -> provisioning().removePool(cluster, pool, "6"),
            () -> provisioning().removeCluster(cluster, "7"));

    for (Runnable write : writes) {
      write.run();
      for (int moment = 0; moment < 120; moment++) {
        reader.assertUpToDate();
        letTimePass();
      }
    }

    assertThat(reader.known()).isInstanceOf(Observation.Absent.class);
    assertThat(reader.reports()).isGreaterThan(20);
  }

  @Test
  void every_reader_gets_every_change_however_late_it_reads() {
    ChangeReader first = new ChangeReader(provisioning(), cluster);
    ChangeReader second = new ChangeReader(provisioning(), cluster);
    Cursor old = second.cursor();
    clusterWith(Documents.pool(cluster, pool, 3, 1));
    first.assertUpToDate();
    second.assertUpToDate();

    for (int repeat = 0; repeat < 2; repeat++) {
      ChangeReader restarted = new ChangeReader(provisioning(), cluster, old);
      restarted.assertUpToDate();
      assertThat(restarted.reports()).isPositive();
    }
  }

  @Test
  void a_cluster_that_does_not_change_is_not_reported() {
    clusterWith(Documents.pool(cluster, pool, 3, 1));
    untilNothingMoves();
    ChangeReader reader = new ChangeReader(provisioning(), cluster);
    ClusterId neighbour = Documents.newCluster();
    ChangeReader neighbours = new ChangeReader(provisioning(), neighbour);
    provisioning().applyCluster(Documents.controlPlane(neighbour, 1, 1), "neighbour");
    provisioning().applyPool(Documents.pool(cluster, pool, 3, 1), "repeat");

    for (int moment = 0; moment < 120; moment++) {
      letTimePass();
      reader.assertUpToDate();
      neighbours.assertUpToDate();
    }

    assertThat(reader.reports()).isZero();
    assertThat(neighbours.reports()).isGreaterThan(1);
  }

  @Test
  void a_reader_waits_for_the_first_change() throws Exception {
    ChangeReader reader = new ChangeReader(provisioning(), cluster);
    try (ExecutorService readers = Executors.newSingleThreadExecutor()) {
      Future<Boolean> reported = readers.submit(() -> reader.waitForReport(Duration.ofMinutes(2)));
      assertThat(reported.isDone()).isFalse();

      provisioning().applyCluster(Documents.controlPlane(cluster, 1, 1), "cp");

      assertThat(reported.get(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  void a_reader_waits_as_long_as_it_says_and_not_much_longer() {
    Cursor cursor = new ChangeReader(provisioning(), cluster).cursor();
    long start = System.nanoTime();

    Changes changes = provisioning().changes(cursor, Duration.ofMillis(300));

    assertThat(changes).isEqualTo(Changes.none(changes.next()));
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(300), Duration.ofSeconds(30));
  }

  @Test
  void an_interrupted_reader_stops_waiting_and_stays_interrupted() throws Exception {
    Cursor cursor = new ChangeReader(provisioning(), cluster).cursor();
    AtomicReference<Changes> returned = new AtomicReference<>();
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  returned.set(provisioning().changes(cursor, Duration.ofMinutes(2)));
                  interrupted.set(Thread.currentThread().isInterrupted());
                });

    reader.interrupt();

    assertThat(reader.join(Duration.ofMinutes(1))).isTrue();
    assertThat(returned.get()).isEqualTo(Changes.none(cursor));
    assertThat(interrupted).isTrue();
  }

  // --- Access.

  @Test
  void there_is_no_access_without_a_control_plane() {
    assertThat(provisioning().kubeAccess(cluster)).isEmpty();
    provisioning().applyCluster(Documents.controlPlane(cluster, 1, 1), "cp");
    assertThat(provisioning().kubeAccess(cluster)).isEmpty();
  }

  @Test
  void the_administrator_gets_a_credential_that_stays() throws Exception {
    clusterWith();

    KubeAccess access = provisioning().kubeAccess(cluster).orElseThrow();

    assertThat(access.token()).hasSize(56);
    X509Certificate authority =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(
                        access.certificateAuthority().getBytes(StandardCharsets.UTF_8)));
    authority.verify(authority.getPublicKey());
    assertThat(authority.getBasicConstraints()).isNotNegative();
    assertThat(access.toString()).doesNotContain(access.token());
    assertThat(provisioning().kubeAccess(cluster)).contains(access);
  }

  @Test
  void the_credential_is_removed_with_its_cluster() {
    clusterWith();
    provisioning().removeCluster(cluster, "remove");
    untilAbsent();

    assertThat(provisioning().kubeAccess(cluster)).isEmpty();
  }

  @Test
  void a_credential_is_replaced_once_for_each_request_under_the_same_authority() {
    clusterWith();
    KubeAccess first = provisioning().kubeAccess(cluster).orElseThrow();

    assertAccepted(provisioning().act(cluster, ClusterAction.RESET_ADMIN_TOKEN, "reset"), 0);
    KubeAccess second = provisioning().kubeAccess(cluster).orElseThrow();
    assertThat(second.token()).hasSize(56).isNotEqualTo(first.token());
    assertThat(second.certificateAuthority()).isEqualTo(first.certificateAuthority());

    assertAccepted(provisioning().act(cluster, ClusterAction.RESET_ADMIN_TOKEN, "reset"), 0);
    assertThat(provisioning().kubeAccess(cluster)).contains(second);
    assertAccepted(provisioning().act(cluster, ClusterAction.RESET_ADMIN_TOKEN, "again"), 0);
    assertThat(provisioning().kubeAccess(cluster).orElseThrow().token())
        .isNotIn(first.token(), second.token());
  }

  @Test
  void access_rules_are_kept_and_older_ones_are_ignored() {
    ObservedCluster before = clusterWith();

    assertAccepted(provisioning().applyAcl(Documents.acl(cluster, 5, "10.0.0.0/8"), "5"), 5);
    assertAccepted(provisioning().applyAcl(Documents.acl(cluster, 5, "10.0.0.0/8"), "5"), 5);
    assertThat(
            assertAccepted(provisioning().applyAcl(Documents.acl(cluster, 4, "::/0"), "4"), 4)
                .generation())
        .isEqualTo(5);
    assertUnchangedAfterAWhile(before);
  }

  // --- Stock.

  @Test
  void there_are_machines_of_an_ordinary_type() {
    assertThat(provisioning().inStock("fr-par-1", "dev1_m")).isTrue();
  }

  // --- Trouble.

  @Test
  void trouble_at_the_back_end_is_a_result() {
    Provisioning port = outOfReach();

    assertThat(
            List.of(
                port.applyCluster(Documents.controlPlane(cluster, 1, 1), "1"),
                port.applyComponents(Documents.components(cluster, 1), "2"),
                port.applyPool(Documents.pool(cluster, pool, 1, 1), "3"),
                port.removePool(cluster, pool, "4"),
                port.removeAdditionalResources(cluster, "5"),
                port.removeCluster(cluster, "6"),
                port.applyAcl(Documents.acl(cluster, 1, "::/0"), "7"),
                port.rebootNode(cluster, pool, new NodeId(UUID.randomUUID()), "8"),
                port.act(cluster, ClusterAction.RESET_ADMIN_TOKEN, "9")))
        .hasOnlyElementsOfType(Result.Unavailable.class);
    assertThat(port.inStock("fr-par-1", "dev1_m")).as("unknown counts as in stock").isTrue();
    assertThat(port.observe(cluster)).isInstanceOf(Observation.Unreachable.class);
    assertThat(port.kubeAccess(cluster)).isEmpty();
    Cursor cursor = provisioning().changes(Cursor.START, Duration.ZERO).next();
    for (Cursor kept : List.of(Cursor.START, cursor)) {
      assertThat(port.changes(kept, Duration.ZERO)).isEqualTo(Changes.none(kept));
      assertThat(port.changes(kept, Duration.ofMillis(300))).isEqualTo(Changes.none(kept));
    }
    assertThat(port.capabilities().name()).isEqualTo(provisioning().capabilities().name());
  }

  // --- Steps of the tests above.

  /** A cluster that has converged on a small control plane, its components, and these pools. */
  private ObservedCluster clusterWith(PoolDocument... pools) {
    ClusterDocument controlPlane = Documents.controlPlane(cluster, 1, 1);
    ComponentsDocument components = Documents.components(cluster, 2);
    provisioning().applyCluster(controlPlane, "cp");
    provisioning().applyComponents(components, "components");
    for (PoolDocument document : pools) {
      provisioning().applyPool(document, document.pool() + "/" + document.generation());
    }
    return last(
        until(
            c ->
                Convergence.converged(Documents.target(controlPlane), c.controlPlane())
                    && Convergence.converged(Documents.target(components), c.components())
                    && List.of(pools).stream().allMatch(p -> converged(p, c))));
  }

  private ObservedCluster see() {
    assertThat(provisioning().observe(cluster)).isInstanceOf(Observation.Present.class);
    return ((Observation.Present) provisioning().observe(cluster)).cluster();
  }

  /** All observations until a predicate holds; the last one is the one for which it holds. */
  private List<ObservedCluster> until(Predicate<ObservedCluster> holds) {
    List<ObservedCluster> all = new ArrayList<>();
    for (int moment = 0; moment < MAX_MOMENTS; moment++) {
      if (provisioning().observe(cluster) instanceof Observation.Present(ObservedCluster seen)) {
        all.add(seen);
        if (holds.test(seen)) {
          return all;
        }
      }
      letTimePass();
    }
    throw new AssertionError("still not so: " + (all.isEmpty() ? "never seen" : last(all)));
  }

  /** Waits until observations have been equal for longer than any step takes. */
  private void untilNothingMoves() {
    Observation last = provisioning().observe(cluster);
    for (int same = 0; same < 120; same++) {
      letTimePass();
      Observation now = provisioning().observe(cluster);
      same = now.equals(last) ? same : 0;
      last = now;
    }
  }

  private NodeId someNode() {
    return see().nodes().getFirst().node();
  }

  private void untilAbsent() {
    for (int moment = 0; moment < MAX_MOMENTS; moment++) {
      if (provisioning().observe(cluster) instanceof Observation.Absent) {
        return;
      }
      letTimePass();
    }
    throw new AssertionError("still there: " + provisioning().observe(cluster));
  }

  private void assertUnchangedAfterAWhile(ObservedCluster before) {
    for (int moment = 0; moment < 40; moment++) {
      ObservedCluster now = see();
      assertThat(now.uid()).isEqualTo(before.uid());
      assertThat(now.controlPlane()).isEqualTo(before.controlPlane());
      assertThat(now.components()).isEqualTo(before.components());
      assertThat(now.pools()).isEqualTo(before.pools());
      assertThat(now.nodes()).isEqualTo(before.nodes());
      letTimePass();
    }
  }

  private void assertNothingCanBeApplied() {
    assertRemoved(provisioning().applyCluster(Documents.controlPlane(cluster, 8, 1), "late 1"));
    assertRemoved(provisioning().applyComponents(Documents.components(cluster, 9), "late 2"));
    assertRemoved(provisioning().applyPool(Documents.pool(cluster, pool, 10, 1), "late 3"));
    assertRemoved(
        provisioning().applyPool(Documents.pool(cluster, Documents.newPool(), 1, 1), "late 4"));
    assertRemoved(provisioning().applyAcl(Documents.acl(cluster, 11, "::/0"), "late 5"));
    assertRemoved(provisioning().act(cluster, ClusterAction.RESET_ADMIN_TOKEN, "late 6"));
    assertAccepted(
        provisioning().rebootNode(cluster, pool, new NodeId(UUID.randomUUID()), "late 7"), 0);
  }

  private static void assertRemoved(Result result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Result.Refused.class, r -> assertThat(r.code()).isEqualTo(Result.Code.REMOVED));
  }

  private static Result.Accepted assertAccepted(Result result, long minGeneration) {
    assertThat(result).isInstanceOf(Result.Accepted.class);
    Result.Accepted accepted = (Result.Accepted) result;
    assertThat(accepted.generation()).isGreaterThanOrEqualTo(minGeneration);
    return accepted;
  }

  private static boolean converged(PoolDocument document, ObservedCluster seen) {
    ObservedPool shown = find(document.pool(), seen);
    return shown != null && Convergence.converged(Documents.target(document), shown);
  }

  private static @Nullable ObservedPool find(PoolId pool, ObservedCluster seen) {
    return seen.pools().stream().filter(p -> p.pool().equals(pool)).findFirst().orElse(null);
  }

  private static List<ObservedNode> nodesOf(PoolId pool, ObservedCluster seen) {
    return seen.nodes().stream().filter(n -> n.pool().equals(pool)).toList();
  }

  private static ObservedNode node(ObservedNode as, ObservedCluster seen) {
    return seen.nodes().stream().filter(n -> n.node().equals(as.node())).findFirst().orElseThrow();
  }

  private static boolean isReady(ObservedNode as, ObservedCluster seen) {
    return node(as, seen).phase() == NodePhase.READY;
  }

  private static ObservedCluster last(List<ObservedCluster> seen) {
    return seen.getLast();
  }
}
