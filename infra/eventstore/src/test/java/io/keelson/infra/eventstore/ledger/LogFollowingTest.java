package io.keelson.infra.eventstore.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.commands.log.LogEntry;
import io.keelson.commands.log.LogFollower;
import io.keelson.infra.eventstore.TestStore;
import io.keelson.infra.eventstore.reservation.NameReservations;
import io.keelson.infra.testing.TestPostgres;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

@Timeout(300)
class LogFollowingTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  private final PGSimpleDataSource database = TestPostgres.database("eventstore");
  private final TestStore store = TestStore.on(database, NameReservations.NONE);
  private final Ledger ledger = Ledger.follow(store.tail(), database, database, Clock.systemUTC());
  private final JdbcTemplate elsewhere = new JdbcTemplate(TestPostgres.database("eventstore"));
  private final List<LogFollowing> followings = new ArrayList<>();

  /** Records what it handled; on request it stops before the end of a batch. */
  private static class Recording implements LogFollower {
    final List<Long> handled = new CopyOnWriteArrayList<>();
    final AtomicInteger failures = new AtomicInteger();
    final AtomicInteger released = new AtomicInteger();
    final Semaphore entered = new Semaphore(0);
    volatile Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);

    @Override
    public String name() {
      return "test";
    }

    @Override
    public void handle(List<LogEntry> entries) throws Exception {
      if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw new IOException("not now");
      }
      entries.forEach(entry -> handled.add(entry.position()));
      entered.release();
      gate.acquire();
    }

    @Override
    public void release() {
      released.incrementAndGet();
    }

    boolean hasHandled(long upTo) {
      return handled.contains(upTo);
    }
  }

  private LogFollowing start(LogFollower follower) {
    LogFollowing following = LogFollowing.start(follower, ledger, connections(), Clock.systemUTC());
    followings.add(following);
    return following;
  }

  /** A name by which the connections of followings are found. */
  private PGSimpleDataSource connections() {
    PGSimpleDataSource own = new PGSimpleDataSource();
    own.setUrl(database.getUrl());
    own.setUser(database.getUser());
    own.setPassword(database.getPassword());
    own.setApplicationName("following");
    return own;
  }

  private void endConnectionsOfFollowings() {
    elsewhere.queryForList(
        "select pg_terminate_backend(pid, 30000) from pg_stat_activity"
            + " where application_name = 'following' and datname = ?",
        database.getDatabaseName());
  }

  private void append(int count) {
    for (int i = 0; i < count; i++) {
      store.append(TestStore.message());
    }
  }

  private long kept() {
    Long place =
        store
            .jdbc()
            .queryForObject(
                "select coalesce(max(log_position), 0) from eventstore.log_follower"
                    + " where name = 'test'",
                Long.class);
    return place == null ? 0 : place;
  }

  @AfterEach
  void close() {
    followings.forEach(LogFollowing::close);
    ledger.close();
    store.close();
  }

  @Test
  void without_failures_every_entry_is_handled_once_and_in_order() {
    append(10);
    Recording follower = new Recording();
    LogFollowing following = start(follower);
    append(10);

    await().atMost(SOON).until(() -> follower.hasHandled(20));
    await().atMost(SOON).until(() -> kept() == 20);
    assertThat(follower.handled).isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
    assertThat(following.health().place()).isEqualTo(20);
    assertThat(following.health().failing()).isNull();
  }

  @Test
  void when_the_following_instance_stops_another_continues_at_its_position() {
    Recording first = new Recording();
    LogFollowing leading = start(first);
    append(5);
    await().atMost(SOON).until(() -> first.hasHandled(5));
    Recording second = new Recording();
    LogFollowing waiting = start(second);
    append(5);
    await().atMost(SOON).until(() -> first.hasHandled(10));
    await().atMost(SOON).until(() -> kept() == 10);
    assertThat(waiting.health().leads()).isFalse();
    assertThat(second.handled).isEmpty();

    leading.close();
    append(5);

    await().atMost(SOON).until(() -> second.hasHandled(15));
    assertThat(first.released).hasValue(1);
    assertThat(second.handled).isEqualTo(LongStream.rangeClosed(11, 15).boxed().toList());
  }

  @Test
  void an_entry_that_failed_is_handled_again_before_the_next_one() {
    Recording follower = new Recording();
    follower.failures.set(3);
    LogFollowing following = start(follower);
    append(1);
    await().atMost(SOON).until(() -> following.health().failing() != null);
    assertThat(following.health().lastError()).contains("not now");
    append(4);

    await().atMost(SOON).until(() -> follower.hasHandled(5));
    assertThat(follower.handled).isEqualTo(LongStream.rangeClosed(1, 5).boxed().toList());
    await().atMost(SOON).until(() -> following.health().failing() == null);
    assertThat(follower.released.get()).as("another instance could have tried").isPositive();
  }

  @Test
  void a_kill_between_the_effect_and_its_acknowledgement_repeats_it_and_loses_nothing() {
    Recording follower = new Recording();
    follower.gate = new Semaphore(0);
    Semaphore gate = follower.gate;
    start(follower);
    append(1);
    await().atMost(SOON).until(() -> follower.entered.tryAcquire());
    endConnectionsOfFollowings(); // the effect exists, and its position can no longer be stored
    gate.release(Integer.MAX_VALUE / 2);

    await().atMost(SOON).until(() -> kept() == 1);
    assertThat(follower.handled).startsWith(1L, 1L).containsOnly(1L);
  }

  @Test
  void an_instance_that_has_lost_its_lease_without_knowing_cannot_move_the_position() {
    Recording stale = new Recording();
    Semaphore gate = new Semaphore(0);
    stale.gate = gate;
    start(stale);
    append(1);
    await().atMost(SOON).until(() -> stale.entered.tryAcquire());
    endConnectionsOfFollowings();
    Recording next = new Recording();
    start(next);
    append(2);
    await().atMost(SOON).until(() -> next.hasHandled(3));
    await().atMost(SOON).until(() -> kept() == 3);

    gate.release(1);
    append(1);

    await().atMost(SOON).until(() -> next.hasHandled(4));
    await().atMost(SOON).until(() -> kept() == 4);
    assertThat(next.handled).isEqualTo(LongStream.rangeClosed(1, 4).boxed().toList());
    assertThat(stale.handled).containsExactly(1L);
  }

  @Test
  void closing_interrupts_the_follower_and_does_not_move_its_position() {
    Recording follower = new Recording();
    follower.gate = new Semaphore(0);
    LogFollowing following = start(follower);
    append(1);
    await().atMost(SOON).until(() -> follower.entered.tryAcquire());

    following.close();

    assertThat(kept()).isZero();
    assertThat(follower.released).hasValue(1);
  }
}
