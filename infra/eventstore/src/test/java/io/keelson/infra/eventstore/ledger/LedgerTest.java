package io.keelson.infra.eventstore.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.keelson.commands.ClusterId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.Origin;
import io.keelson.commands.access.AccessEvent.ApiKeyIssued;
import io.keelson.commands.access.AccessKey;
import io.keelson.commands.access.PermissionSet;
import io.keelson.commands.log.LogEntry;
import io.keelson.infra.eventstore.TestStore;
import io.keelson.infra.eventstore.reservation.NameReservations;
import io.keelson.infra.testing.TestPostgres;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

@Timeout(300)
class LedgerTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final long SEED = 20_261_127;

  private final PGSimpleDataSource database = TestPostgres.database("eventstore");
  private final TestStore store = TestStore.on(database, NameReservations.NONE);
  private final TestStore elsewhere = TestStore.on(database, NameReservations.NONE);
  private final Ledger ledger = ledger(store);
  private final Ledger there = ledger(elsewhere);

  private static Ledger ledger(TestStore store) {
    return Ledger.follow(store.tail(), store.database(), store.database(), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    ledger.close();
    there.close();
    store.close();
    elsewhere.close();
  }

  @Test
  void positions_have_no_gap_and_the_order_of_the_tail_whatever_writers_and_instances_do()
      throws Exception {
    List<String> seen = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Future<?>> writers =
          IntStream.range(0, 6)
              .<Future<?>>mapToObj(n -> threads.submit(() -> writeAtRandom(new Random(SEED + n))))
              .toList();
      long place = 0;
      while (writers.stream().anyMatch(writer -> !writer.isDone())) {
        List<LogEntry> next = ledger.after(place, 100);
        next.forEach(entry -> seen.add(entry.id().toString()));
        place += next.size();
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    List<@Nullable String> events =
        store
            .jdbc()
            .queryForList("select id::text from eventstore.event order by position", String.class);
    await().atMost(SOON).until(() -> there.head() == events.size());
    ledger.after(seen.size(), Integer.MAX_VALUE).forEach(e -> seen.add(e.id().toString()));

    assertThat(seen).as("what was read while it was written").isEqualTo(events);
    assertThat(there.after(0, Integer.MAX_VALUE).stream().map(LogEntry::position))
        .isEqualTo(LongStream.rangeClosed(1, events.size()).boxed().toList());
  }

  private void writeAtRandom(Random random) {
    TestStore mine = random.nextBoolean() ? store : elsewhere;
    for (int i = 0; i < 150; i++) {
      boolean commit = random.nextInt(4) > 0;
      int count = 1 + random.nextInt(3);
      long nap = random.nextInt(3);
      mine.transaction()
          .executeWithoutResult(
              status -> {
                mine.engine()
                    .appendEvents(
                        IntStream.range(0, count).mapToObj(_ -> TestStore.message()).toList());
                if (!commit) {
                  status.setRollbackOnly();
                }
                await().pollDelay(Duration.ofMillis(nap)).until(() -> true);
              });
    }
  }

  @Test
  void an_entry_is_the_event_as_it_is_stored() {
    UUID organization = UUID.randomUUID();
    ApiKeyIssued issued =
        new ApiKeyIssued(
            new OrganizationId(organization),
            AccessKey.of("SCW00000000000000001"),
            "00ff",
            "test",
            Set.of(PermissionSet.KubernetesReadOnly),
            null,
            null,
            "because");
    Instant occurred = Instant.parse("2026-11-01T10:00:00.5Z");
    Origin origin =
        Origin.reported("producer:test", new Origin.Cause("/test", "1"), occurred, null);
    store.append(
        new GenericDomainEventMessage<>(
            "access", organization.toString(), 0, issued, origin.toMetadata()),
        TestStore.message());
    await().atMost(SOON).until(() -> there.head() == 2);

    LogEntry secret = there.at(List.of(1L)).getFirst();
    LogEntry plain = there.at(List.of(2L, 99L)).getFirst();

    assertThat(secret.type()).isEqualTo("access.api-key-issued");
    assertThat(secret.open()).isFalse();
    assertThat(secret.stream()).isEqualTo(organization);
    assertThat(secret.streamType()).isEqualTo("access");
    assertThat(secret.cluster()).isNull();
    assertThat(secret.origin()).isEqualTo(origin);
    assertThat(secret.occurredAt()).isEqualTo(occurred);
    assertThat(secret.recordedAt()).isAfter(occurred);
    assertThat(secret.data())
        .isEqualTo(
            store
                .jdbc()
                .queryForObject(
                    "select payload from eventstore.event where id = ?",
                    byte[].class,
                    secret.id()));
    assertThat(plain.open()).isTrue();
    assertThat(plain.cluster()).isInstanceOf(ClusterId.class);
    assertThat(plain.occurredAt()).isEqualTo(plain.recordedAt());
    assertThat(there.at(List.of())).isEmpty();
  }

  @Test
  void an_event_that_this_program_does_not_know_has_a_position_too() {
    store
        .jdbc()
        .update(
            """
            insert into eventstore.event
            (stream, stream_type, version, id, type, revision, recorded_at, payload, metadata, open)
            values (gen_random_uuid(), 'moon', 0, gen_random_uuid(), 'moon.risen', 7, now(),
                    '{"far": true}', '{}', false)\
            """);
    await().atMost(SOON).until(() -> ledger.head() == 1);

    LogEntry unknown = ledger.after(0, 10).getFirst();

    assertThat(unknown.type()).isEqualTo("moon.risen");
    assertThat(unknown.revision()).isEqualTo(7);
    assertThat(unknown.open()).isFalse();
    assertThat(new String(unknown.data(), UTF_8)).isEqualTo("{\"far\": true}");
  }

  @Test
  void a_watcher_on_another_instance_gets_hints_until_it_is_closed() throws Exception {
    Semaphore hints = new Semaphore(0);
    AutoCloseable watch = there.watch(hints::release);
    store.append(TestStore.message());

    assertThat(hints.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    watch.close();
    hints.drainPermits();
    store.append(TestStore.message());
    await().atMost(SOON).until(() -> there.head() == 2);
    Semaphore later = new Semaphore(0);
    there.watch(later::release);
    store.append(TestStore.message());
    assertThat(later.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    assertThat(hints.availablePermits()).isZero();
  }

  @Test
  void it_continues_after_the_server_ended_its_connections() {
    for (int i = 1; i <= 3; i++) {
      PGSimpleDataSource server = TestPostgres.database("eventstore");
      new JdbcTemplate(server)
          .queryForList(
              "select pg_terminate_backend(pid, 30000) from pg_stat_activity where datname = ?",
              database.getDatabaseName());
      store.append(TestStore.message());
      long expected = i;
      await().atMost(SOON).until(() -> ledger.head() == expected);
    }
  }

  @Test
  void a_position_is_never_changed_or_removed() {
    store.append(TestStore.message());
    await().atMost(SOON).until(() -> ledger.head() == 1);

    assertThatThrownBy(() -> store.jdbc().update("update eventstore.ledger set position = 7"))
        .isInstanceOf(DataAccessException.class);
    assertThatThrownBy(() -> store.jdbc().update("delete from eventstore.ledger"))
        .isInstanceOf(DataAccessException.class);
  }
}
