package io.keelson.infra.app.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Command;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.Commands;
import io.keelson.commands.Commands.Receipt;
import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.commands.JointCommands;
import io.keelson.commands.NodeId;
import io.keelson.commands.Origin;
import io.keelson.commands.PoolId;
import io.keelson.commands.node.NodeCommand.RecordNodeAbsent;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class MeteredCommandsTest {

  private static final Origin ORIGIN = Origin.system("test", Origin.SYSTEM, "test");
  private static final NodeId NODE = new NodeId(UUID.randomUUID());
  private static final ClusterId CLUSTER = new ClusterId(UUID.randomUUID());
  private static final Command COMMAND = new RecordNodeAbsent(NODE, CLUSTER);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void accepted_and_unchanged_commands_have_different_outcomes() {
    NodeDeleted event = new NodeDeleted(NODE, CLUSTER, new PoolId(UUID.randomUUID()));
    answering(() -> new Receipt(NODE, 0, List.of(event))).send(COMMAND, ORIGIN);
    answering(() -> new Receipt(NODE, 0, List.of())).send(COMMAND, ORIGIN);

    assertThat(count("accepted", "none")).isEqualTo(1);
    assertThat(count("unchanged", "none")).isEqualTo(1);
  }

  @Test
  void refusals_are_counted_by_reason_and_passed_on() {
    Commands commands =
        answering(
            () -> {
              throw new CommandRejected(CommandRejected.Reason.BUSY, "not now");
            });

    assertThatThrownBy(() -> commands.send(COMMAND, ORIGIN)).isInstanceOf(CommandRejected.class);

    assertThat(count("rejected", "busy")).isEqualTo(1);
  }

  @Test
  void a_store_that_is_away_is_not_a_fault_of_ours() {
    Commands away =
        answering(
            () -> {
              throw new StoreUnavailable("away", new IllegalStateException("away"));
            });
    Commands broken =
        answering(
            () -> {
              throw new IllegalStateException("broken");
            });

    assertThatThrownBy(() -> away.send(COMMAND, ORIGIN)).isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> broken.send(COMMAND, ORIGIN)).hasMessage("broken");

    assertThat(count("unavailable", "none")).isEqualTo(1);
    assertThat(count("failed", "none")).isEqualTo(1);
  }

  private Commands answering(Supplier<Receipt> receipt) {
    return new MeteredCommands(
        new JointCommands() {
          @Override
          public Receipt send(Command command, Origin origin) {
            return receipt.get();
          }

          @Override
          public Receipt send(Command command, Origin origin, Consumer<Receipt> joined) {
            return receipt.get();
          }
        },
        meters);
  }

  private long count(String outcome, String reason) {
    return meters
        .get("keelson.commands")
        .tags("command", "RecordNodeAbsent", "outcome", outcome, "reason", reason)
        .timer()
        .count();
  }
}
