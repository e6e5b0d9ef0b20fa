package io.keelson.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.infra.testing.TestPostgres;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class RowsTest {

  record Sample(UUID id, long version, String text) implements Row<UUID> {

    Sample after(Delivery<String> d) {
      return d.version() <= version ? this : new Sample(id, d.version(), text + d.event());
    }
  }

  private static final UUID ONE = new UUID(0, 1);
  private static final UUID TWO = new UUID(0, 2);
  private static final int WRITERS = 8;

  private static final DataSource DATABASE = TestPostgres.database();

  private final Rows<UUID, Sample> rows = new Rows<>(DATABASE, "sample", Sample.class);

  @BeforeEach
  void create() {
    JdbcTemplate sql = new JdbcTemplate(DATABASE);
    sql.execute("drop table if exists sample");
    sql.execute(
        """
        create table sample (
            data jsonb not null,
            id uuid primary key generated always as ((data ->> 'id')::uuid) stored,
            version bigint not null generated always as ((data ->> 'version')::bigint) stored)
        """);
  }

  @Test
  void writes_many_rows_and_loads_the_requested_ones() {
    rows.save(List.of(new Sample(ONE, 1, "a"), new Sample(TWO, 2, "b")));

    assertThat(rows.load(List.of(TWO, new UUID(0, 3))))
        .isEqualTo(Map.of(TWO, new Sample(TWO, 2, "b")));
    assertThat(rows.load(List.of())).isEmpty();
  }

  @Test
  void never_lets_an_older_or_equal_version_over_what_is_there() {
    rows.save(List.of(new Sample(ONE, 5, "kept")));

    rows.save(List.of(new Sample(ONE, 4, "older"), new Sample(TWO, 0, "new beside it")));
    rows.save(List.of(new Sample(ONE, 5, "equal")));
    assertThat(rows.load(List.of(ONE, TWO)))
        .isEqualTo(
            Map.of(ONE, new Sample(ONE, 5, "kept"), TWO, new Sample(TWO, 0, "new beside it")));

    rows.save(List.of(new Sample(ONE, 6, "newer")));
    assertThat(rows.load(List.of(ONE))).containsEntry(ONE, new Sample(ONE, 6, "newer"));
  }

  @Test
  void joins_the_transaction_that_it_finds() {
    new TransactionTemplate(new DataSourceTransactionManager(DATABASE))
        .executeWithoutResult(
            status -> {
              rows.save(List.of(new Sample(ONE, 1, "a")));
              assertThat(rows.load(List.of(ONE))).hasSize(1);
              status.setRollbackOnly();
            });

    assertThat(rows.load(List.of(ONE))).isEmpty();
  }

  @Test
  void folds_what_is_stored_with_what_comes_in_order() {
    rows.save(List.of(new Sample(ONE, 1, "a")));

    Map<UUID, Sample> now = fold(List.of(of(1, "x"), of(2, "b"), of(2, "x"), of(3, "c")));

    assertThat(now).containsEntry(ONE, new Sample(ONE, 3, "abc"));
    assertThat(rows.load(List.of(ONE))).isEqualTo(now);
  }

  @Test
  void begins_a_row_with_the_event_that_may_and_leaves_out_what_came_before() {
    assertThat(fold(List.of(of(0, "end"), of(1, "begin"), of(2, "+"))))
        .containsEntry(ONE, new Sample(ONE, 2, "begin+"));
  }

  @Test
  void writes_nothing_where_nothing_is_new() {
    rows.save(List.of(new Sample(ONE, 3, "abc")));
    String before = physical();

    fold(List.of(of(2, "x"), of(3, "x")));

    assertThat(physical()).isEqualTo(before);
  }

  @Test
  void keeps_the_newest_of_each_row_under_writers_that_cross_each_other() throws Exception {
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ids.add(new UUID(1, i));
    }
    Map<UUID, Long> newest = new HashMap<>();
    List<Callable<Integer>> writers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      Random random = new Random(writer);
      List<List<Sample>> batches = new ArrayList<>();
      for (int batch = 0; batch < 40; batch++) {
        Collections.shuffle(ids, random);
        List<Sample> samples = new ArrayList<>();
        for (UUID id : ids.subList(0, 10)) {
          long version = random.nextInt(1_000);
          samples.add(new Sample(id, version, "v" + version));
          newest.merge(id, version, Math::max);
        }
        batches.add(samples);
      }
      writers.add(
          () -> {
            batches.forEach(rows::save);
            return batches.size();
          });
    }

    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      for (Future<Integer> written : threads.invokeAll(writers)) {
        assertThat(written.get()).isEqualTo(40); // no deadlock was broken by an error
      }
    }

    Map<UUID, Sample> stored = rows.load(newest.keySet());
    assertThat(stored).hasSameSizeAs(newest);
    newest.forEach(
        (id, version) -> {
          assertThat(stored.get(id)).isEqualTo(new Sample(id, version, "v" + version));
        });
  }

  /** Where the row lies, and which transaction put it there. */
  private static String physical() {
    return new JdbcTemplate(DATABASE)
        .queryForList("select ctid::text || xmin::text from sample", String.class)
        .toString();
  }

  private Map<UUID, Sample> fold(List<Delivery<String>> deliveries) {
    return rows.fold(
        deliveries,
        _ -> ONE,
        d ->
            d.event().equals("begin")
                ? Optional.of(new Sample(ONE, d.version(), d.event()))
                : Optional.empty(),
        Sample::after);
  }

  private static Delivery<String> of(long version, String event) {
    return new Delivery<>(event, version, Instant.EPOCH, Map.of());
  }
}
