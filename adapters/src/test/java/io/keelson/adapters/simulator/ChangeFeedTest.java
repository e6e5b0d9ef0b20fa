package io.keelson.adapters.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.adapters.provisioning.ChangeReader;
import io.keelson.adapters.provisioning.Documents;
import io.keelson.adapters.provisioning.PooledDatabase;
import io.keelson.adapters.provisioning.SettableClock;
import io.keelson.commands.ClusterId;
import io.keelson.commands.provisioning.Changes;
import io.keelson.commands.provisioning.Cursor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ChangeFeedTest {

  private static final DataSource DATABASE = PooledDatabase.of("simulator");
  private static final Duration NO_WAIT = Duration.ZERO;

  private final SettableClock clock = new SettableClock();
  private final Simulator simulator = new Simulator(DATABASE, clock);
  private final SimulatorTables tables = new SimulatorTables(DATABASE);
  private final TransactionTemplate transaction =
      new TransactionTemplate(new JdbcTransactionManager(DATABASE));
  private final ClusterId cluster = Documents.newCluster();

  // --- Late commits.

  @Test
  void a_write_that_commits_late_is_reported_to_cursors_that_were_made_before() throws Exception {
    ClusterId quick = Documents.newCluster();
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch commit = new CountDownLatch(1);
    Cursor before = now();
    try (ExecutorService writers = Executors.newSingleThreadExecutor()) {
      Future<?> slow =
          writers.submit(
              () ->
                  transaction.executeWithoutResult(
                      _ -> {
                        change(cluster);
                        written.countDown();
                        join(commit);
                      }));
      written.await();
      transaction.executeWithoutResult(_ -> change(quick));
      Changes early = simulator.changes(before, NO_WAIT);
      assertThat(early.clusters()).contains(quick).doesNotContain(cluster);
      Changes between = simulator.changes(early.next(), NO_WAIT);
      assertThat(between.clusters()).as("reported once").isEmpty();

      commit.countDown();
      slow.get();

      assertThat(simulator.changes(between.next(), NO_WAIT).clusters()).containsExactly(cluster);
      assertThat(simulator.changes(before, NO_WAIT).clusters()).contains(cluster, quick);
    }
  }

  @Test
  void a_write_that_is_rolled_back_is_not_reported() {
    Cursor before = now();
    transaction.executeWithoutResult(
        status -> {
          change(cluster);
          status.setRollbackOnly();
        });

    assertThat(simulator.changes(before, NO_WAIT).clusters()).isEmpty();
  }

  @Test
  void no_commit_is_missed_by_any_reader_whatever_the_order_of_commits() throws Exception {
    Set<ClusterId> committed = ConcurrentHashMap.newKeySet();
    AtomicInteger writing = new AtomicInteger(6);
    Cursor before = now();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<?>> writers =
          IntStream.range(0, writing.get())
              .<Future<?>>mapToObj(
                  seed ->
                      threads.submit(
                          () -> {
                            write(new Random(seed), committed);
                            writing.decrementAndGet();
                          }))
              .toList();
      List<Future<Set<ClusterId>>> readers =
          IntStream.range(0, 3)
              .mapToObj(_ -> threads.submit(() -> readWhile(before, writing)))
              .toList();
      for (Future<?> writer : writers) {
        writer.get();
      }
      for (Future<Set<ClusterId>> reader : readers) {
        assertThat(reader.get()).isEqualTo(committed);
      }
    }
    assertThat(committed).hasSizeGreaterThan(300);
  }

  private void write(Random random, Collection<ClusterId> committed) {
    for (int i = 0; i < 100; i++) {
      ClusterId fresh = Documents.newCluster();
      boolean aborted = random.nextInt(10) == 0;
      long held = random.nextInt(5) == 0 ? random.nextInt(20_000_000) : 0;
      transaction.executeWithoutResult(
          status -> {
            change(fresh);
            LockSupport.parkNanos(held);
            if (aborted) {
              status.setRollbackOnly();
            }
          });
      if (!aborted) {
        committed.add(fresh);
      }
    }
  }

  private Set<ClusterId> readWhile(Cursor from, AtomicInteger writing) {
    Set<ClusterId> reported = new HashSet<>();
    Cursor cursor = from;
    while (true) {
      boolean last = writing.get() == 0;
      Changes changes = simulator.changes(cursor, NO_WAIT);
      reported.addAll(changes.clusters());
      cursor = changes.next();
      if (last && changes.clusters().isEmpty()) {
        return reported;
      }
    }
  }

  // --- Long lists.

  @Test
  void a_long_list_is_read_in_parts_and_no_change_in_between_is_missed() {
    Cursor before = now();
    List<ClusterId> all = IntStream.range(0, 1_200).mapToObj(_ -> Documents.newCluster()).toList();
    transaction.executeWithoutResult(_ -> all.forEach(this::change));

    Changes first = simulator.changes(before, NO_WAIT);
    ClusterId again = first.clusters().getFirst();
    transaction.executeWithoutResult(_ -> change(again));
    List<Changes> rest = new ArrayList<>();
    Cursor cursor = first.next();
    do {
      rest.add(simulator.changes(cursor, NO_WAIT));
      cursor = rest.getLast().next();
    } while (!rest.getLast().clusters().isEmpty());

    assertThat(first.clusters()).hasSize(Changes.MAX_CLUSTERS);
    Set<ClusterId> reported = new HashSet<>(first.clusters());
    rest.forEach(r -> reported.addAll(r.clusters()));
    assertThat(reported).containsExactlyInAnyOrderElementsOf(all);
    assertThat(rest.stream().flatMap(r -> r.clusters().stream())).contains(again);
    assertThat(rest).extracting(Changes::resync).containsOnly(false);
  }

  // --- Cursors.

  @Test
  void a_cursor_of_another_database_must_resync() {
    try (Simulator other = new Simulator(PooledDatabase.of("simulator"), clock)) {
      Cursor cursor = other.changes(Cursor.START, NO_WAIT).next();

      assertThat(simulator.changes(cursor, NO_WAIT).resync()).isTrue();
    }
  }

  @Test
  void a_cursor_from_before_the_database_was_restored_must_resync() {
    FeedCursor known = FeedCursor.of(now()).orElseThrow();
    Cursor ahead =
        new FeedCursor(
                known.feed(),
                new FeedCursor.Moment("4000000000:4000000000:", known.since().instant()),
                null)
            .text();

    assertThat(simulator.changes(ahead, NO_WAIT).resync()).isTrue();
  }

  @Test
  void a_malformed_cursor_must_resync() {
    String feed = FeedCursor.of(now()).orElseThrow().feed().toString();
    String at = "2026-03-01T12:00:00Z";
    for (String snapshot :
        List.of("", "1", "0:0:", "7:5:", "5:7:4", "5:7:8", "5:7:7", "5:9:8,6", "5:7:x", "5:7:6,")) {
      assertThat(FeedCursor.of(new Cursor(feed + "|" + snapshot + "|" + at)))
          .as(snapshot)
          .isEmpty();
    }
    for (String instant : List.of("", "noon", "+1000000000-12-31T23:59:59Z")) {
      assertThat(FeedCursor.of(new Cursor(feed + "|5:7:|" + instant))).as(instant).isEmpty();
    }
    for (String snapshot : List.of("5:5:", "5:7:", "5:9:5,6,8")) {
      Cursor cursor = new Cursor(feed + "|" + snapshot + "|" + at);
      assertThat(FeedCursor.of(cursor)).map(FeedCursor::text).hasValue(cursor);
      assertThat(simulator.changes(cursor, NO_WAIT).resync()).as(snapshot).isFalse();
    }
  }

  @Test
  void a_clock_that_was_set_back_hides_no_later_change() {
    ChangeReader reader = new ChangeReader(simulator, cluster);
    simulator.applyCluster(Documents.controlPlane(cluster, 1, 3), "cp");
    clock.advance(Duration.ofMillis(1_300));
    reader.assertUpToDate();
    clock.advance(Duration.ofMillis(-200));
    reader.read(NO_WAIT);
    clock.advance(Duration.ofMillis(200));

    for (int i = 0; i < 100; i++) {
      reader.assertUpToDate();
      clock.advance(Duration.ofMillis(10));
    }
    assertThat(reader.reports()).isGreaterThan(3);
  }

  @Test
  void a_stored_instant_is_never_early() {
    Instant micro = Instant.parse("2026-03-01T12:00:00.000001Z");
    assertThat(Instants.wholeMicros(micro)).isEqualTo(micro);
    assertThat(Instants.wholeMicros(micro.plusNanos(1))).isEqualTo(micro.plusNanos(1_000));
    assertThat(Instants.wholeMicros(micro.plusNanos(999))).isEqualTo(micro.plusNanos(1_000));
  }

  // --- Speed and cost.

  @Test
  void a_write_of_another_instance_is_reported_within_a_second() throws Exception {
    try (ExecutorService readers = Executors.newSingleThreadExecutor();
        Simulator other = new Simulator(DATABASE, clock)) {
      ChangeReader reader = new ChangeReader(simulator, cluster);
      Future<Boolean> reported = readers.submit(() -> reader.waitForReport(Duration.ofMinutes(2)));
      long start = System.nanoTime();
      other.applyCluster(Documents.controlPlane(cluster, 1, 1), "cp");
      assertThat(reported.get()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void a_change_without_a_write_is_reported_in_milliseconds() {
    // Another try for a machine that stalled.
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(medianDelay()).isLessThan(Duration.ofMillis(50)));
  }

  private Duration medianDelay() {
    ClusterId fresh = Documents.newCluster();
    try (Simulator real = new Simulator(DATABASE, Clock.systemUTC())) {
      Cursor cursor = real.changes(Cursor.START, NO_WAIT).next();
      real.applyCluster(Documents.controlPlane(fresh, 1, 3), "cp");
      real.applyComponents(Documents.components(fresh, 2), "components");
      real.applyPool(Documents.pool(fresh, Documents.newPool(), 3, 3), "pool");
      List<Instant> expected = instantsOf(fresh);
      List<Duration> delays = new ArrayList<>();
      Instant reported = Instant.now();
      while (reported.isBefore(expected.getLast())) {
        Changes changes = real.changes(cursor, Duration.ofSeconds(10));
        assertThat(changes.clusters()).containsExactly(fresh);
        cursor = changes.next();
        Instant before = reported;
        reported = Instant.now();
        Instant now = reported;
        expected.stream()
            .filter(i -> i.isAfter(before) && !i.isAfter(now))
            .forEach(i -> delays.add(Duration.between(i, now)));
      }
      return delays.stream()
          .sorted()
          .skip(delays.size() / 2)
          .findFirst()
          .orElse(ChronoUnit.FOREVER.getDuration());
    }
  }

  private static List<Instant> instantsOf(ClusterId id) {
    return new JdbcTemplate(DATABASE)
        .query(
            "select at from simulator.instant where cluster_id = ? order by at",
            (row, _) -> row.getTimestamp(1).toInstant(),
            id.value());
  }

  @Test
  void waiting_costs_a_few_statements_a_second_however_many_clusters_there_are() {
    transaction.executeWithoutResult(
        _ -> IntStream.range(0, 300).forEach(_ -> change(Documents.newCluster())));
    AtomicInteger connections = new AtomicInteger();
    DataSource counting =
        new DelegatingDataSource(DATABASE) {
          @Override
          public Connection getConnection() throws SQLException {
            connections.incrementAndGet();
            return super.getConnection();
          }
        };
    try (Simulator idle = new Simulator(counting, clock)) {
      Cursor cursor = idle.changes(Cursor.START, NO_WAIT).next();
      connections.set(0);

      assertThat(idle.changes(cursor, Duration.ofSeconds(2)).clusters()).isEmpty();

      assertThat(connections).hasValueLessThanOrEqualTo(12);
    }
  }

  @Test
  void many_changes_in_a_row_are_gathered() throws Exception {
    Map<ClusterId, Integer> responses = new HashMap<>();
    List<ClusterId> all = IntStream.range(0, 50).mapToObj(_ -> Documents.newCluster()).toList();
    Cursor cursor = simulator.changes(now(), Duration.ofMillis(1)).next();
    try (ExecutorService writers = Executors.newSingleThreadExecutor()) {
      Future<?> written =
          writers.submit(() -> all.forEach(c -> transaction.executeWithoutResult(_ -> change(c))));
      int calls = 0;
      while (responses.size() < all.size()) {
        Changes changes = simulator.changes(cursor, Duration.ofSeconds(10));
        cursor = changes.next();
        calls++;
        for (ClusterId reported : changes.clusters()) {
          responses.merge(reported, 1, Integer::sum);
        }
      }
      written.get();
      assertThat(calls).isLessThanOrEqualTo(all.size());
      assertThat(responses).containsOnlyKeys(all).doesNotContainValue(2);
    }
  }

  @Test
  void closing_ends_every_wait() throws Exception {
    Cursor cursor = now();
    try (ExecutorService readers = Executors.newSingleThreadExecutor()) {
      Future<Changes> waiting =
          readers.submit(() -> simulator.changes(cursor, Duration.ofMinutes(2)));
      simulator.close();
      assertThat(waiting.get().clusters()).isEmpty();
    }
  }

  private Cursor now() {
    return simulator.changes(Cursor.START, NO_WAIT).next();
  }

  /** Changes a cluster as a write does, within the transaction of the caller. */
  private void change(ClusterId id) {
    tables.locked(id);
    tables.save(id, World.EMPTY, List.of());
  }

  private static void join(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
