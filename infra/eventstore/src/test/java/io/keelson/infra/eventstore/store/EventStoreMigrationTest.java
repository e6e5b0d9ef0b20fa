package io.keelson.infra.eventstore.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.infra.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Assumptions of the proof of the watermark that no query of the code would detect. */
class EventStoreMigrationTest {

  private final JdbcTemplate jdbc = new JdbcTemplate(TestPostgres.database("eventstore"));

  @Test
  void a_transaction_id_is_taken_before_the_first_position() {
    assertThat(
            jdbc.queryForList(
                "select column_name from information_schema.columns where table_schema ="
                    + " 'eventstore' and table_name = 'event' order by ordinal_position",
                String.class))
        .startsWith("tx", "position");
    assertThat(
            jdbc.queryForObject(
                "select column_default from information_schema.columns where table_schema ="
                    + " 'eventstore' and table_name = 'event' and column_name = 'tx'",
                String.class))
        .isEqualTo("pg_current_xact_id()");
  }

  @Test
  void no_position_is_cached_before_its_use() {
    assertThat(
            jdbc.queryForObject(
                "select cache_size from pg_sequences where sequencename = 'event_position'",
                Long.class))
        .isEqualTo(1);
  }

  @Test
  void payloads_are_plain_bytes_and_nothing_is_indexed_without_need() {
    assertThat(
            jdbc.queryForList(
                "select indexname from pg_indexes where schemaname = 'eventstore'"
                    + " and tablename = 'event' order by 1",
                String.class))
        .containsExactly(
            "event_id_key", "event_position_key", "event_recorded_at", "event_stream_version_key");
    assertThat(
            jdbc.queryForList(
                "select distinct data_type from information_schema.columns where table_schema ="
                    + " 'eventstore' and column_name in ('payload', 'metadata', 'token')",
                String.class))
        .containsExactly("bytea");
  }
}
