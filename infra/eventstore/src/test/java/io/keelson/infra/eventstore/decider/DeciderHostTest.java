package io.keelson.infra.eventstore.decider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Command;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.Commands.Receipt;
import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.NodeId;
import io.keelson.commands.Origin;
import io.keelson.commands.PoolId;
import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import io.keelson.commands.node.NodeCommand;
import io.keelson.commands.node.NodeCommand.RecordNodeAbsent;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.infra.eventstore.LostResponses;
import io.keelson.infra.eventstore.TestStore;
import io.keelson.infra.eventstore.codec.EventCodec;
import io.keelson.infra.eventstore.reservation.NameReservation;
import io.keelson.infra.eventstore.store.PostgresEventStorageEngine;
import io.keelson.infra.eventstore.store.PostgresEventStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two instances on one database, each with a cache of its own. */
class DeciderHostTest {

  private static final Origin ORIGIN = Origin.system("test", Origin.SYSTEM, "test");
  private static final Origin.Call CALL =
      new Origin.Call(
          "Touch", SecretRef.of(SecretSubject.principal("test"), "AAAAAAAAAAAAAAAAAAAAAA"));
  private static final ClusterId CLUSTER = new ClusterId(UUID.randomUUID());

  private final AtomicBoolean taken = new AtomicBoolean();
  private final TestStore store = TestStore.fresh(this::claims);
  private final LostResponses database = new LostResponses(store.database());
  private final Instance here = new Instance(database.asDataSource(), 100);
  private final Instance there = new Instance(store.database(), 100);
  private final NodeId stream = new NodeId(UUID.randomUUID());

  /** The number of events of a stream. */
  record Count(int events) {}

  /** A second family of commands on the same streams. */
  sealed interface OtherCommand extends Command {}

  record Touch(NodeId stream) implements OtherCommand {}

  /** One instance; the test says after how many events its decider appends. */
  private final class Instance {

    private final AtomicInteger evolved = new AtomicInteger();
    private final AxonCommands commands;
    private final TransactionTemplate transaction;
    private IntFunction<Boolean> appends = _ -> true;
    private Stamp<Count> stamp = Stamp.unchanged();

    Instance(DataSource database, int cacheSize) {
      DataSourceTransactionManager transactions = new DataSourceTransactionManager(database);
      transaction = new TransactionTemplate(transactions);
      SimpleCommandBus bus =
          SimpleCommandBus.builder()
              .transactionManager(new SpringTransactionManager(transactions))
              .build();
      PostgresEventStorageEngine engine =
          new PostgresEventStorageEngine(
              database, new EventCodec(), DeciderHostTest.this::claims, store.tail());
      new DeciderHost(
              bus,
              new PostgresEventStore(engine, store.tail(), java.time.Clock.systemUTC()),
              cacheSize)
          .add(
              new Decider<Command, NodeEvent, Count>(
                  "node",
                  List.of(NodeCommand.class, OtherCommand.class),
                  List.of(NodeEvent.class),
                  Count.class,
                  List.of(),
                  new Count(0),
                  this::decide,
                  this::evolve,
                  (id, count, origin) -> stamp.stamp(id, count, origin),
                  0));
      commands = new AxonCommands(bus, 0);
    }

    private List<NodeEvent> decide(Command command, Count count) {
      NodeId node = new NodeId(command.stream().value());
      return appends.apply(count.events())
          ? List.of(new NodeDeleted(node, CLUSTER, new PoolId(new UUID(0, count.events()))))
          : List.of();
    }

    private Count evolve(Count count, NodeEvent event) {
      evolved.incrementAndGet();
      return new Count(count.events() + 1);
    }

    Receipt send() {
      return send(stream);
    }

    Receipt send(NodeId node) {
      return commands.send(new RecordNodeAbsent(node, CLUSTER), ORIGIN);
    }
  }

  private List<NameReservation> claims(DomainEvent event) {
    return taken.get()
        ? List.of(new NameReservation.Reserve("name", event.stream().value()))
        : List.of();
  }

  private static boolean reject() {
    throw new CommandRejected(Reason.BUSY, "not now");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_cached_stream_is_not_loaded_again() {
    for (int i = 0; i < 5; i++) {
      assertThat(here.send().version()).isEqualTo(i);
    }
    assertThat(here.evolved).hasValue(5);
  }

  @Test
  void a_command_on_a_cached_stream_costs_two_round_trips() {
    here.send();
    database.statements();
    here.send();
    List<String> statements = database.statements();
    assertThat(statements).hasSize(2).last().isEqualTo("commit");
    assertThat(statements).first().asString().startsWith("insert into eventstore.event");
  }

  @Test
  void commands_of_every_root_are_routed_to_the_same_streams() {
    here.send();
    assertThat(here.commands.send(new Touch(stream), ORIGIN).version()).isEqualTo(1);
    assertThat(here.send().version()).isEqualTo(2);
  }

  @Test
  void events_carry_the_origin_of_their_command() {
    here.send();
    assertThat(metadata()).isEqualTo(List.of(ORIGIN.toMetadata()));
  }

  @Test
  void events_carry_the_origin_that_the_state_after_them_gives() {
    Origin caller = Origin.request("somebody", UUID.randomUUID(), CALL, null);
    Origin first = Origin.system("after 1", Origin.TIMERS, "x");
    here.stamp = (_, count, origin) -> count.events() == 1 ? first : origin;
    here.commands.send(new Touch(stream), caller);
    here.commands.send(new Touch(stream), caller);
    assertThat(metadata()).isEqualTo(List.of(first.toMetadata(), caller.toMetadata()));
  }

  @Test
  void without_a_cache_every_command_loads() {
    Instance cold = new Instance(store.database(), 0);
    for (int i = 0; i < 5; i++) {
      assertThat(cold.send().version()).isEqualTo(i);
    }
    assertThat(cold.evolved).hasValue(1 + 2 + 3 + 4 + 5);
  }

  @Test
  void an_append_of_another_instance_is_detected_by_the_insert_and_retried_without_a_delay() {
    here.send();
    there.send();
    assertThat(here.send().version()).isEqualTo(2); // both retry only without a delay
    assertThat(numbers()).containsExactly(0, 1, 2);
  }

  @Test
  void no_command_is_without_effect_because_of_an_old_state() {
    here.send();
    there.send();
    here.appends = count -> count != 1;
    assertThat(here.send().version()).isEqualTo(2);
    assertThat(numbers()).containsExactly(0, 1, 2);
  }

  @Test
  void a_receipt_without_events_has_the_newest_version() {
    here.send();
    there.send();
    here.appends = _ -> false;
    assertThat(here.send()).isEqualTo(new Receipt(stream, 1, List.of()));
  }

  @Test
  void no_command_is_rejected_because_of_an_old_state() {
    here.send();
    there.send();
    here.appends = count -> count == 1 ? reject() : true;
    assertThat(here.send().version()).isEqualTo(2);
  }

  @Test
  void no_taken_name_is_reported_because_of_an_old_state() {
    NodeId other = new NodeId(UUID.randomUUID());
    taken.set(true);
    there.send(other);
    taken.set(false);
    here.send();
    there.send();
    taken.set(true);
    here.appends = count -> count == 1;
    assertThat(here.send().events()).isEmpty();
  }

  @Test
  void a_rejection_keeps_the_state_cached() {
    here.send();
    here.appends = _ -> reject();
    assertThatThrownBy(here::send).isInstanceOf(CommandRejected.class);
    here.appends = _ -> true;
    here.send();
    assertThat(here.evolved).hasValue(2);
  }

  @Test
  void a_state_that_was_rolled_back_is_not_cached() {
    taken.set(true);
    there.send(new NodeId(UUID.randomUUID()));
    taken.set(false);
    here.send();
    taken.set(true);
    assertThatThrownBy(here::send).isInstanceOf(CommandRejected.class); // after the insert
    taken.set(false);
    assertThat(here.send().version()).isEqualTo(1);
    assertThat(numbers()).containsExactly(0, 1);
  }

  @Test
  void a_state_of_a_longer_transaction_is_not_cached_when_that_rolls_back() {
    here.send();
    here.transaction.executeWithoutResult(
        status -> {
          here.commands.send(new RecordNodeAbsent(stream, CLUSTER), ORIGIN, _ -> {});
          status.setRollbackOnly();
        });
    assertThat(here.send().version()).isEqualTo(1);
    assertThat(numbers()).containsExactly(0, 1);
  }

  @Test
  void after_a_commit_whose_response_is_lost_the_stream_is_loaded() {
    here.send();
    database.loseTheNextResponse();
    assertThatThrownBy(here::send).isInstanceOf(StoreUnavailable.class);
    here.appends = count -> count < 2; // the second command may be committed, and is
    assertThat(here.send()).isEqualTo(new Receipt(stream, 1, List.of()));
  }

  @Test
  void streams_that_do_not_exist_are_not_cached() {
    here.appends = _ -> false;
    assertThat(here.send().version()).isEqualTo(-1);
    here.appends = _ -> true;
    there.send();
    assertThat(here.send().version()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20260901, 4711})
  void every_event_was_decided_on_exactly_the_events_before_it(long seed) {
    Random random = new Random(seed);
    int expected = 0;
    for (int i = 0; i < 200; i++) {
      Instance instance = random.nextBoolean() ? here : there;
      switch (random.nextInt(8)) {
        case 0 -> {
          instance.appends = _ -> false;
          assertThat(instance.send().version()).isEqualTo(expected - 1);
        }
        case 1 -> {
          instance.appends = _ -> reject();
          assertThatThrownBy(instance::send).isInstanceOf(CommandRejected.class);
        }
        case 2 -> {
          here.appends = _ -> true;
          database.loseTheNextResponse();
          assertThatThrownBy(here::send).isInstanceOf(StoreUnavailable.class);
          expected++;
        }
        default -> {
          instance.appends = _ -> true;
          assertThat(instance.send().version()).isEqualTo(expected++);
        }
      }
    }
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < expected; i++) {
      all.add(i);
    }
    assertThat(numbers()).isEqualTo(all);
  }

  private List<Map<String, Object>> metadata() {
    return store
        .engine()
        .readEvents(stream.toString(), 0)
        .asStream()
        .<Map<String, Object>>map(message -> Map.copyOf(message.getMetaData()))
        .toList();
  }

  /** For each event, the number of events that its decider knew. */
  private List<Integer> numbers() {
    return store
        .engine()
        .readEvents(stream.toString(), 0)
        .asStream()
        .map(message -> (NodeDeleted) message.getPayload())
        .map(event -> (int) event.pool().value().getLeastSignificantBits())
        .toList();
  }
}
