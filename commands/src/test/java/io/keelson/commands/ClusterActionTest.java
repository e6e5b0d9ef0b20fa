package io.keelson.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClusterActionTest {

  /** Events and snapshots hold the names of actions; operations show the kinds. */
  @ParameterizedTest
  @CsvSource({"RESET_ADMIN_TOKEN, reset-admin-token, reset_admin_token"})
  void an_action_keeps_its_name_and_has_a_kind(ClusterAction action, String name, String kind) {
    assertThat(action).hasToString(name);
    assertThat(OperationKind.of(action)).hasToString(kind);
    assertThat(Target.action(action)).hasToString("action/" + name);
  }

  @ParameterizedTest
  @EnumSource
  void an_action_is_found_by_its_name(ClusterAction action) {
    assertThat(ClusterAction.named(action.toString())).isEqualTo(action);
  }

  @Test
  void a_name_of_no_action_is_refused() {
    assertThatThrownBy(() -> ClusterAction.named("no-action"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
