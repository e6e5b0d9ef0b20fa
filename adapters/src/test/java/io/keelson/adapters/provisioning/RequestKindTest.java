package io.keelson.adapters.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.commands.operation.RequestEvent;
import io.keelson.commands.operation.RequestEvent.PoolObservationAwaited;
import io.keelson.commands.operation.RequestEvent.ProviderRequest;
import io.keelson.commands.operation.RequestEvent.RunAwaited;
import io.keelson.commands.operation.Target;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RequestKindTest {

  @Test
  void every_request_that_is_stored_has_a_kind() {
    List<Class<?>> stored =
        Stream.concat(
                Arrays.stream(ProviderRequest.class.getPermittedSubclasses()),
                Stream.of(PoolObservationAwaited.class))
            .<Class<?>>map(type -> type)
            .toList();

    assertThat(Arrays.stream(RequestKind.values()).<Class<?>>map(RequestKind::type))
        .containsExactlyInAnyOrderElementsOf(stored);
    assertThat(RequestEvent.class.getPermittedSubclasses()).hasSize(3);
  }

  @Test
  void the_names_never_change() {
    assertThat(Arrays.stream(RequestKind.values()).map(RequestKind::text))
        .containsExactly(
            "control-plane",
            "components",
            "pool",
            "acl",
            "node-reboot",
            "cluster-action",
            "pool-removal",
            "additional-resources-removal",
            "cluster-removal",
            "pool-observation");
    for (RequestKind kind : RequestKind.values()) {
      assertThat(RequestKind.named(kind.text())).isEqualTo(kind);
    }
  }

  @Test
  void a_run_that_is_awaited_is_not_stored() {
    Facts facts = new Facts();
    RequestEvent awaited =
        new RunAwaited(facts.creation, facts.cluster, Target.CLUSTER, Facts.run());
    assertThatThrownBy(() -> RequestKind.of(awaited)).isInstanceOf(IllegalArgumentException.class);
  }
}
