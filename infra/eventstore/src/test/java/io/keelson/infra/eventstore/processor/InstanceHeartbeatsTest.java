package io.keelson.infra.eventstore.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.infra.testing.Promise;
import io.keelson.infra.testing.TestPostgres;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

@Timeout(300)
class InstanceHeartbeatsTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Set<String> PROCESSORS = Set.of("status", "processes");

  private final PGSimpleDataSource database = TestPostgres.database("eventstore");
  private final JdbcTemplate jdbc = new JdbcTemplate(database);
  private final Instances a = new Instances(database, "a", Clock.systemUTC());
  private final Instances b = new Instances(database, "b", Clock.systemUTC());

  @AfterEach
  void close() {
    a.close();
    b.close();
  }

  @Test
  void no_instance_is_live_before_the_first_has_joined() {
    assertThat(a.live()).isEmpty();

    a.join(PROCESSORS);

    assertThat(a.live()).containsExactly(new Instance("a", PROCESSORS));
  }

  @Test
  void every_instance_knows_all_others_and_their_processors() {
    bothJoin();

    b.withdrawFrom("status");

    await()
        .atMost(SOON)
        .until(
            () ->
                a.live()
                    .equals(
                        List.of(
                            new Instance("a", PROCESSORS),
                            new Instance("b", Set.of("processes")))));
  }

  @Test
  void an_instance_that_leaves_is_removed_at_once() {
    bothJoin();

    b.leave();

    assertThat(rows()).containsExactly("a");
    await().atMost(SOON).until(() -> names(a).equals(List.of("a")));
    assertThat(b.live()).isEmpty();
  }

  @Test
  void an_instance_without_heartbeats_is_dead_after_five_seconds_and_not_before()
      throws InterruptedException {
    bothJoin();
    Promise promise = Promise.within(Duration.ofSeconds(7));
    b.close();

    await().atMost(promise.timeout()).until(() -> names(a).equals(List.of("a")));
    promise.kept("one that fell silent was taken for dead");

    // On a machine that stood still its last heartbeat may be long before it was stopped.
    assertThat(
            jdbc.queryForObject(
                "select clock_timestamp() - heartbeat_at >= interval '5 s'"
                    + " from eventstore.instance where name = 'b'",
                Boolean.class))
        .isTrue();
  }

  @Test
  void after_a_crash_of_the_server_every_instance_is_live_again() {
    bothJoin();
    jdbc.execute("truncate eventstore.instance"); // as PostgreSQL does in recovery

    await().atMost(SOON).until(() -> rows().equals(List.of("a", "b")));
  }

  /** The instance that is connected again first must not consider the others dead. */
  @Test
  void after_an_outage_for_all_no_instance_takes_over_everything() {
    bothJoin();
    outage(b::close);

    AtomicLong away = new AtomicLong(System.nanoTime());
    await()
        .atMost(SOON)
        .until(
            () -> {
              long asked = System.nanoTime();
              boolean back = fresh().equals(List.of("a"));
              away.set(back ? away.get() : asked);
              return back;
            });
    List<String> known = names(a);
    // The grace period lasts four seconds: a test that was stopped for longer cannot observe it.
    if (System.nanoTime() - away.get() < Duration.ofSeconds(3).toNanos()) {
      assertThat(known).containsExactly("a", "b");
    }
    await().atMost(SOON).until(() -> names(a).equals(List.of("a")));
  }

  /** Longer than the time without heartbeats after which an instance is dead. */
  private void outage(Runnable meanwhile) {
    JdbcTemplate elsewhere = new JdbcTemplate(TestPostgres.database());
    String name = database.getDatabaseName();
    elsewhere.execute("alter database %s allow_connections false".formatted(name));
    elsewhere.queryForList(
        "select pg_terminate_backend(pid, 30000) from pg_stat_activity where datname = ?", name);
    meanwhile.run();
    await().pollDelay(Duration.ofSeconds(6)).until(() -> true);
    elsewhere.execute("alter database %s allow_connections true".formatted(name));
  }

  private void bothJoin() {
    a.join(PROCESSORS);
    b.join(PROCESSORS);
    await().atMost(SOON).until(() -> names(a).equals(List.of("a", "b")));
    await().atMost(SOON).until(() -> names(b).equals(List.of("a", "b")));
  }

  private List<String> rows() {
    return jdbc.query(
        "select name from eventstore.instance order by name", (row, _) -> row.getString("name"));
  }

  private List<String> fresh() {
    return jdbc.query(
        "select name from eventstore.instance"
            + " where heartbeat_at > clock_timestamp() - interval '2 s' order by name",
        (row, _) -> row.getString("name"));
  }

  private static List<String> names(Instances seenBy) {
    return seenBy.live().stream().map(Instance::name).sorted().toList();
  }
}
