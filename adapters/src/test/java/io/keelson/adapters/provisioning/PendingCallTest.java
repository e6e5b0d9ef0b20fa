package io.keelson.adapters.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PendingCallTest {

  private static final ClusterId CLUSTER = new ClusterId(new UUID(1, 1));
  private static final PoolId POOL = new PoolId(new UUID(2, 2));
  private static final OperationId OPERATION = new OperationId(new UUID(3, 3));

  /** By the name that is stored with its task: these must never change. */
  static Map<String, Wish> wishes() {
    return Map.of(
        "control-plane",
        new ControlPlaneRequested(OPERATION, CLUSTER, 1, Documents.controlPlane(CLUSTER, 1, 3)),
        "components",
        new ComponentsRequested(OPERATION, CLUSTER, 2, Documents.components(CLUSTER, 2)),
        "pool",
        new PoolRequested(OPERATION, CLUSTER, 3, Documents.pool(CLUSTER, POOL, 3, 2)),
        "pool-removal",
        new PoolRemovalRequested(OPERATION, CLUSTER, 4, POOL),
        "additional-resources-removal",
        new AdditionalResourcesRemovalRequested(OPERATION, CLUSTER, 5),
        "cluster-removal",
        new ClusterRemovalRequested(OPERATION, CLUSTER, 6),
        "acl",
        new AclRequested(OPERATION, CLUSTER, 7, Documents.acl(CLUSTER, 8, "10.0.0.0/8")),
        "node-reboot",
        new NodeRebootRequested(OPERATION, CLUSTER, 8, POOL, new NodeId(new UUID(4, 4))),
        "admin-token-reset",
        new AdminTokenResetRequested(OPERATION, CLUSTER, 9));
  }

  @ParameterizedTest
  @MethodSource("names")
  void every_wish_survives_being_stored_under_its_name(String name) {
    PendingCall call =
        new PendingCall(
            Objects.requireNonNull(wishes().get(name)), new UUID(9, 9), Map.of("principal", "SCW"));
    TaskDataSerializer serializer = new TaskDataSerializer();

    byte[] stored = Objects.requireNonNull(serializer.serialize(call));

    assertThat(new String(stored, StandardCharsets.UTF_8))
        .contains("\"kind\":\"" + name + "\"")
        .doesNotContain("io.keelson");
    assertThat(serializer.deserialize(PendingCall.class, stored)).isEqualTo(call);
  }

  static Iterable<String> names() {
    return wishes().keySet();
  }

  @Test
  void every_kind_of_wish_has_a_name() {
    assertThat(wishes().values())
        .extracting(Object::getClass)
        .containsExactlyInAnyOrder(Wish.class.getPermittedSubclasses());
  }

  @Test
  void the_documents_of_one_run_are_calls_of_their_own_and_so_are_attempts() {
    List<String> ids =
        Stream.of(
                new PoolRequested(OPERATION, CLUSTER, 1, Documents.pool(CLUSTER, POOL, 3, 2)),
                new PoolRequested(OPERATION, CLUSTER, 1, Documents.pool(CLUSTER, POOL, 4, 2)),
                new PoolRequested(OPERATION, CLUSTER, 2, Documents.pool(CLUSTER, POOL, 4, 2)))
            .map(wish -> new PendingCall(wish, new UUID(9, 9), Map.of()).id())
            .toList();

    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void nothing_is_stored_as_nothing() {
    TaskDataSerializer serializer = new TaskDataSerializer();
    assertThat(serializer.serialize(null)).isNull();
    assertThat(serializer.deserialize(PendingCall.class, null)).isNull();
  }
}
