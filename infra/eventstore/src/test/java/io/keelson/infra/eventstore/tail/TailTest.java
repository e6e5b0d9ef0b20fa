package io.keelson.infra.eventstore.tail;

import static io.keelson.infra.eventstore.TestStore.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.infra.eventstore.MovingClock;
import io.keelson.infra.eventstore.TestStore;
import io.keelson.infra.eventstore.reservation.NameReservations;
import io.keelson.infra.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

@Timeout(300)
class TailTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration NEVER = Duration.ofHours(1);

  private final PGSimpleDataSource database = TestPostgres.database("eventstore");
  private final MovingClock clock = new MovingClock();
  private final TestStore store = TestStore.on(database, NameReservations.NONE);
  private final JdbcTemplate elsewhere = new JdbcTemplate(sameServer());

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void another_instance_is_woken_by_notification_alone() throws InterruptedException {
    try (Tail there = Tail.follow(database, clock, NEVER)) {
      await().atMost(SOON).until(() -> seenBy(there, Duration.ofMillis(500)));

      for (int i = 0; i < 10; i++) {
        assertThat(seenBy(there, SOON)).isTrue();
      }
    }
  }

  private static boolean moves(Tail tail, long from, Duration within) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    long decisions = tail.decisions();
    while (tail.decided() <= from && System.nanoTime() < end) {
      tail.awaitDecision(decisions, Duration.ofNanos(end - System.nanoTime()));
      decisions = tail.decisions();
    }
    return tail.decided() > from;
  }

  private boolean seenBy(Tail there, Duration within) throws InterruptedException {
    long before = store.tail().head(SOON);
    store.append(message());
    return moves(there, before, within);
  }

  @Test
  void it_continues_after_the_server_ended_its_connections() throws InterruptedException {
    try (BlockingStream<TrackedEventMessage<?>> stream =
        store.events().openStream(store.events().createHeadToken())) {
      for (int i = 0; i < 3; i++) {
        elsewhere.queryForList(
            "select pg_terminate_backend(pid, 30000) from pg_stat_activity where datname = ?",
            database.getDatabaseName());
        DomainEventMessage<?> event = message();
        store.append(event);

        assertThat(stream.hasNextAvailable(60, TimeUnit.SECONDS)).isTrue();
        assertThat(stream.nextAvailable().getIdentifier()).isEqualTo(event.getIdentifier());
      }
    }
    await().atMost(SOON).until(() -> store.tail().health().lastError() == null);
  }

  @Test
  void it_reports_an_outage_of_the_database_and_continues_afterwards() throws InterruptedException {
    try (Tail tail = Tail.follow(database, clock)) {
      tail.head(SOON);
      assertThat(tail.health().moves()).isTrue();

      allowConnections(false);
      await().atMost(SOON).until(() -> tail.health().lastError() != null);
      assertThat(tail.health().moves()).isTrue();
      clock.putForward(Duration.ofSeconds(11));
      assertThat(tail.health().moves()).isFalse();

      allowConnections(true);
      await().atMost(SOON).until(() -> tail.health().moves());
      await().atMost(SOON).until(() -> tail.health().lastError() == null);
      long before = tail.decided();
      store.append(message());
      assertThat(moves(tail, before, SOON)).isTrue();
    }
  }

  @Test
  void it_costs_no_transaction_id_while_nothing_is_appended() throws InterruptedException {
    store.append(message());
    store.tail().head(SOON);

    // Until the server takes no id of its own meanwhile, for a vacuum.
    await().atMost(SOON).until(() -> lookTwentyTimes() == 0);
  }

  private long lookTwentyTimes() throws InterruptedException {
    long before = nextTransactionId();
    for (int i = 0; i < 20; i++) {
      store.tail().head(SOON); // each call polls again
    }
    return nextTransactionId() - before;
  }

  @Test
  void an_open_transaction_holds_it_back_and_is_reported() throws InterruptedException {
    try (Tail tail = Tail.follow(database, clock)) {
      long before = tail.head(SOON);
      store
          .transaction()
          .executeWithoutResult(
              status -> {
                store.engine().appendEvents(message());
                await().atMost(SOON).until(() -> !tail.health().lag().isZero());
                assertThat(tail.health().moves()).isTrue();
                clock.putForward(Duration.ofSeconds(11));
                assertThat(tail.health().lag()).isGreaterThan(Duration.ofSeconds(10));
                assertThat(tail.health().moves()).isFalse();
                assertThat(tail.decided()).isEqualTo(before);
              });
      assertThat(moves(tail, before, SOON)).isTrue();
      await().atMost(SOON).until(() -> tail.health().moves());
      await().atMost(SOON).until(() -> tail.health().lag().isZero());
    }
  }

  @Test
  void a_position_that_was_rolled_back_is_skipped() throws InterruptedException {
    long before = store.tail().head(SOON);
    store
        .transaction()
        .executeWithoutResult(
            status -> {
              store.engine().appendEvents(message());
              status.setRollbackOnly();
            });

    assertThat(moves(store.tail(), before, SOON)).isTrue();
    assertThat(store.engine().readEvents(null, false)).isEmpty();
  }

  /** As after a crash of the server, when no commit has made the last positions durable. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void a_position_that_is_handed_out_again_is_read_again(int appended) throws InterruptedException {
    store.append(message());
    try (BlockingStream<TrackedEventMessage<?>> stream =
        store.events().openStream(store.events().createTailToken())) {
      assertThat(stream.hasNextAvailable(60, TimeUnit.SECONDS)).isTrue();
      long last = stream.nextAvailable().trackingToken().position().orElseThrow();
      rollBackThree();
      assertThat(store.tail().head(SOON)).isEqualTo(last + 3);
      assertThat(stream.hasNextAvailable()).isFalse();
      TrackingToken head = store.events().createHeadToken();

      handOutAgainFrom(last);
      store.append(
          Stream.generate(TestStore::message)
              .limit(appended)
              .toArray(DomainEventMessage<?>[]::new));

      for (int i = 1; i <= appended; i++) {
        assertThat(stream.hasNextAvailable(60, TimeUnit.SECONDS)).isTrue();
        assertThat(stream.nextAvailable().trackingToken().position()).hasValue(last + i);
      }
      assertThat(stream.hasNextAvailable()).isFalse();
      assertThat(head.position()).hasValue(last);
    }
  }

  /** Before any client is connected again, as the server does in recovery. */
  private void handOutAgainFrom(long last) {
    SingleConnectionDataSource recovery = new SingleConnectionDataSource(connect(), true);
    try {
      JdbcTemplate sql = new JdbcTemplate(recovery);
      forbidConnections();
      sql.queryForList(
          "select pg_terminate_backend(pid, 30000) from pg_stat_activity"
              + " where datname = current_database() and pid <> pg_backend_pid()");
      sql.queryForList("select setval('eventstore.event_position', ?)", last);
    } finally {
      recovery.destroy();
    }
    allowConnections(true);
  }

  private Connection connect() {
    try {
      return database.getConnection();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void forbidConnections() {
    elsewhere.execute(
        "alter database %s allow_connections false".formatted(database.getDatabaseName()));
  }

  private void rollBackThree() {
    store
        .transaction()
        .executeWithoutResult(
            status -> {
              store.engine().appendEvents(message(), message(), message());
              status.setRollbackOnly();
            });
  }

  @Test
  void closing_it_returns_every_connection() throws InterruptedException {
    store.tail().head(SOON);
    assertThat(connections()).isPositive();

    store.close();

    await().atMost(SOON).until(() -> connections() == 0);
  }

  private long connections() {
    return number(
        "select count(*) from pg_stat_activity where datname = '"
            + database.getDatabaseName()
            + "'");
  }

  private long nextTransactionId() {
    return number("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint");
  }

  private long number(String query) {
    Long number = elsewhere.queryForObject(query, Long.class);
    return number == null ? 0 : number;
  }

  private void allowConnections(boolean allow) {
    elsewhere.execute(
        "alter database %s allow_connections %s".formatted(database.getDatabaseName(), allow));
    if (!allow) {
      elsewhere.queryForList(
          "select pg_terminate_backend(pid, 30000) from pg_stat_activity where datname = ?",
          database.getDatabaseName());
    }
  }

  private PGSimpleDataSource sameServer() {
    PGSimpleDataSource other = new PGSimpleDataSource();
    other.setServerNames(database.getServerNames());
    other.setPortNumbers(database.getPortNumbers());
    other.setUser(database.getUser());
    other.setPassword(database.getPassword());
    other.setDatabaseName("postgres");
    return other;
  }
}
