package io.keelson.infra.eventstore.decider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.commands.Command;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.NodeId;
import io.keelson.commands.Origin;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeciderTest {

  private static final NodeId STREAM = new NodeId(UUID.randomUUID());

  interface OfOneStream extends Command {
    @Override
    default NodeId stream() {
      return STREAM;
    }
  }

  sealed interface Order extends OfOneStream {}

  record Build() implements Order {}

  non-sealed interface OpenOrder extends Order {}

  sealed interface Repair extends OpenOrder {}

  record Paint() implements Repair {}

  sealed interface Other extends OfOneStream {}

  record Sell() implements Other {}

  sealed interface Fact extends DomainEvent {
    @Override
    default NodeId stream() {
      return STREAM;
    }
  }

  record Built() implements Fact {}

  non-sealed interface OpenFact extends Fact {}

  sealed interface RepairFact extends OpenFact {}

  record Painted() implements RepairFact {}

  private static Decider<Command, DomainEvent, Boolean> decider(
      List<Class<? extends Command>> commands, List<Class<? extends DomainEvent>> events) {
    return new Decider<>(
        "house",
        commands,
        events,
        Boolean.class,
        List.of(),
        false,
        (_, _) -> List.of(),
        (state, _) -> state,
        Stamp.unchanged(),
        0);
  }

  @Test
  void every_command_and_event_below_each_root_belongs_to_it_once() {
    Decider<?, ?, ?> decider =
        decider(
            List.of(Order.class, Repair.class, Other.class, Build.class),
            List.of(Fact.class, RepairFact.class));
    assertThat(decider.commandTypes()).isEqualTo(List.of(Build.class, Paint.class, Sell.class));
    assertThat(decider.eventTypes()).isEqualTo(List.of(Built.class, Painted.class));
  }

  @Test
  void an_open_command_without_a_root_below_it_is_rejected() {
    assertThatThrownBy(() -> decider(List.of(Order.class, Other.class), List.of(Built.class)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(OpenOrder.class.getName())
        .hasMessageContaining(Order.class.getName());
  }

  @Test
  void an_open_command_is_covered_neither_by_itself_nor_by_a_root_above_it() {
    assertThatThrownBy(() -> decider(List.of(OpenOrder.class, Order.class), List.of(Built.class)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_open_event_without_a_root_below_it_is_rejected() {
    assertThatThrownBy(() -> decider(List.of(Build.class), List.of(Fact.class)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(OpenFact.class.getName());
  }

  @Test
  void a_stored_event_of_another_family_is_rejected() {
    Decider<Command, DomainEvent, Boolean> decider =
        decider(List.of(Build.class), List.of(Built.class));
    assertThat(decider.event(new Built())).isEqualTo(new Built());
    assertThatThrownBy(() -> decider.event(new Painted())).isInstanceOf(ClassCastException.class);
    assertThatThrownBy(() -> decider.command(new Sell())).isInstanceOf(ClassCastException.class);
  }

  @Test
  void without_a_stamp_an_origin_is_unchanged() {
    Origin origin = Origin.system("test", Origin.SYSTEM, "1");
    NodeId stream = new NodeId(UUID.randomUUID());
    assertThat(Stamp.<Boolean>unchanged().stamp(stream, true, origin)).isEqualTo(origin);
  }
}
