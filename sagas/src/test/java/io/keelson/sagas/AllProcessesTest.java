package io.keelson.sagas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.keelson.commands.node.NodePlan;
import io.keelson.commands.operation.Plan;
import io.keelson.sagas.node.NodeRebootProcess;
import io.keelson.sagas.operation.ClusterStage;
import io.keelson.sagas.operation.Processes;
import io.keelson.sagas.operation.SingleStep;
import io.keelson.sagas.upgrade.RollState;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllProcessesTest {

  @Test
  void every_plan_has_a_process_and_a_sample_of_it_is_tested() {
    assertThat(AllProcesses.plans())
        .hasSize(14)
        .doesNotHaveDuplicates()
        .hasSameElementsAs(Runs.PLANS.stream().<Class<? extends Plan>>map(Plan::getClass).toList());
    assertThat(AllProcesses.plans().stream().map(Plan::process)).doesNotHaveDuplicates();
  }

  @Test
  void every_state_has_a_logical_name() {
    assertThat(AllProcesses.states())
        .contains(SingleStep.class, ClusterStage.OfPools.class, RollState.Replacing.class)
        .doesNotHaveDuplicates()
        .hasSize(8);
    assertThat(
            AllProcesses.states().stream()
                .map(state -> state.getAnnotation(JsonTypeName.class))
                .map(name -> name == null ? "" : name.value()))
        .doesNotHaveDuplicates()
        .doesNotContain("");
  }

  @Test
  void a_plan_without_a_process_stops_the_start() {
    assertThatThrownBy(() -> new Processes(List.of(NodePlan.class), List.of(), List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("plans without a process: [reboot-node]");
  }

  @Test
  void two_processes_for_a_plan_stop_the_start() {
    assertThatThrownBy(
            () ->
                new Processes(
                    List.of(NodePlan.class),
                    List.of(new NodeRebootProcess(), new NodeRebootProcess()),
                    List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("two processes have the plan reboot-node");
  }
}
