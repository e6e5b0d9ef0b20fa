package io.keelson.infra.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.infra.embedded.StartRefused;
import io.keelson.infra.testing.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

class MigrationsTest {

  @Test
  void give_each_schema_a_history_of_its_own() {
    PGSimpleDataSource database = TestPostgres.database();

    migrations(database).run();

    assertThat(
            new JdbcTemplate(database)
                .queryForList(
                    "select table_schema from information_schema.tables where table_name ="
                        + " 'flyway_schema_history'",
                    String.class))
        .containsExactlyInAnyOrderElementsOf(Migrations.SCHEMAS);
  }

  @Test
  void run_once_when_several_instances_start_at_the_same_time() throws Exception {
    for (int round = 0; round < 5; round++) {
      PGSimpleDataSource database = TestPostgres.database();
      CyclicBarrier start = new CyclicBarrier(4);
      List<Future<?>> instances = new ArrayList<>();
      try (var threads = Executors.newFixedThreadPool(4)) {
        for (int i = 0; i < 4; i++) {
          instances.add(
              threads.submit(
                  () -> {
                    start.await();
                    migrations(database).run();
                    return true;
                  }));
        }
      }
      for (Future<?> instance : instances) {
        assertThat(instance.get()).isEqualTo(true);
      }
    }
  }

  @Test
  void refuse_a_schema_from_a_newer_program() {
    PGSimpleDataSource database = TestPostgres.database();
    migrations(database).run();
    new JdbcTemplate(database)
        .update(
            """
            insert into eventstore.flyway_schema_history
              (installed_rank, version, description, type, script, checksum, installed_by,
               execution_time, success)
            values (1000, '999', 'from tomorrow', 'SQL', 'V999__x.sql', 1, 'keelson', 1, true)
            """);

    assertThatThrownBy(() -> migrations(database).run())
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("eventstore")
        .hasMessageContaining("999");
  }

  private static Migrations migrations(PGSimpleDataSource database) {
    return new Migrations(
        database.getUrl(),
        Objects.requireNonNull(database.getUser()),
        Objects.requireNonNull(database.getPassword()));
  }
}
