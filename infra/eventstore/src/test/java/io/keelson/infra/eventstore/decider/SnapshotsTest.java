package io.keelson.infra.eventstore.decider;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.node.NodeCommand;
import io.keelson.commands.node.NodeEvent;
import io.keelson.infra.eventstore.TestStore;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotsTest {

  private static final Executor AT_ONCE = Runnable::run;

  private final TestStore store = TestStore.fresh();
  private final AtomicInteger evolved = new AtomicInteger();
  private final Decider<NodeCommand, NodeEvent, Count> counting = counting(1);
  private final Snapshots snapshots = snapshots();
  private final UUID stream = UUID.randomUUID();

  /** How many events there were. */
  record Count(int events) {}

  /** The same in another version of the program. */
  record NewCount(int events, boolean big) {}

  private Decider<NodeCommand, NodeEvent, Count> counting(int revision) {
    return new Decider<>(
        "node",
        NodeCommand.class,
        NodeEvent.class,
        Count.class,
        new Count(0),
        (_, _) -> List.of(),
        (count, _) -> {
          evolved.incrementAndGet();
          return new Count(count.events() + 1);
        },
        revision);
  }

  private Decider<NodeCommand, NodeEvent, NewCount> newCounting() {
    return new Decider<>(
        "node",
        NodeCommand.class,
        NodeEvent.class,
        NewCount.class,
        new NewCount(0, false),
        (_, _) -> List.of(),
        (count, _) -> new NewCount(count.events() + 1, count.events() > 50),
        1);
  }

  private Snapshots snapshots() {
    return new Snapshots(store.events().events(), AT_ONCE);
  }

  private void append(int events) {
    long next = store.engine().lastSequenceNumberFor(stream.toString()).orElse(-1L) + 1;
    for (long version = next; version < next + events; version++) {
      store.append(TestStore.message(TestStore.event(stream), version));
    }
  }

  private List<@Nullable Long> kept() {
    return store
        .jdbc()
        .queryForList(
            "select version from eventstore.snapshot where stream = ?", Long.class, stream);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_short_stream_has_no_snapshot() {
    append(99);
    snapshots.kept(counting, stream, snapshots.load(counting, stream));
    assertThat(kept()).isEmpty();
  }

  @Test
  void a_long_stream_is_loaded_from_its_snapshot_and_later_events() {
    append(100);
    snapshots.kept(counting, stream, snapshots.load(counting, stream));
    append(7);
    evolved.set(0);
    assertThat(snapshots.load(counting, stream)).isEqualTo(new Known<>(new Count(107), 106, 99));
    assertThat(evolved).hasValue(7);
  }

  @Test
  void the_next_snapshot_is_taken_a_hundred_events_later() {
    append(100);
    Known<Count> first = snapshots.kept(counting, stream, snapshots.load(counting, stream));
    assertThat(first.snapshot()).isEqualTo(99);
    append(99);
    snapshots.kept(counting, stream, snapshots.load(counting, stream));
    assertThat(kept()).containsExactly(99L);
    append(1);
    snapshots.kept(counting, stream, snapshots.load(counting, stream));
    assertThat(kept()).containsExactly(199L);
  }

  @Test
  void an_older_snapshot_never_replaces_a_newer_one() {
    append(150);
    snapshots.kept(counting, stream, snapshots.load(counting, stream));
    snapshots.kept(counting, stream, new Known<>(new Count(120), 119, -1)); // delayed for long
    assertThat(kept()).containsExactly(149L);
    assertThat(snapshots.load(counting, stream).state()).isEqualTo(new Count(150));
  }

  @Test
  void a_snapshot_of_another_shape_is_not_used_and_later_replaced() {
    append(100);
    snapshots.kept(counting, stream, snapshots.load(counting, stream));
    append(1);
    Known<NewCount> whole = snapshots.load(newCounting(), stream);
    assertThat(whole).isEqualTo(new Known<>(new NewCount(101, true), 100, -1));
    snapshots.kept(newCounting(), stream, whole);
    append(1);
    assertThat(snapshots.load(newCounting(), stream))
        .isEqualTo(new Known<>(new NewCount(102, true), 101, 100));
    assertThat(snapshots.load(counting, stream).state()).isEqualTo(new Count(102));
  }

  @Test
  void a_snapshot_of_another_revision_is_not_used() {
    append(100);
    snapshots.kept(counting, stream, snapshots.load(counting, stream));
    assertThat(snapshots.load(counting(2), stream).snapshot()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "{}", "{\"events\":\"many\"}", "{\"count\":100}"})
  void a_snapshot_that_cannot_be_read_is_skipped(String state) {
    append(100);
    snapshots.kept(counting, stream, snapshots.load(counting, stream));
    store.jdbc().update("update eventstore.snapshot set state = convert_to(?, 'UTF8')", state);
    assertThat(snapshots.load(counting, stream)).isEqualTo(new Known<>(new Count(100), 99, -1));
  }

  @Test
  void a_snapshot_that_cannot_be_written_fails_no_command() {
    append(100);
    Known<Count> known = snapshots.load(counting, stream);
    store.jdbc().execute("drop table eventstore.snapshot");
    assertThat(snapshots.kept(counting, stream, known).version()).isEqualTo(99);
  }

  @Test
  void kinds_without_snapshots_have_none() {
    append(100);
    snapshots.kept(counting(0), stream, snapshots.load(counting(0), stream));
    assertThat(kept()).isEmpty();
  }
}
