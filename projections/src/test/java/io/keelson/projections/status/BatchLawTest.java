package io.keelson.projections.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.infra.testing.TestPostgres;
import io.keelson.projections.Processor;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The law of batches: into batches of whatever size a log is cut, the stored rows are the same. */
class BatchLawTest {

  private static final DataSource DATABASE = TestPostgres.database("readmodel");

  private static final List<DomainEventMessage<?>> LOG = log();

  private final Processor processor =
      new Processor(new StatusProjection(new StatusTables(DATABASE)), DATABASE);

  private static List<DomainEventMessage<?>> log() {
    List<DomainEventMessage<?>> all = new ArrayList<>();
    for (int number = 0; number < 6; number++) {
      all.addAll(Lives.of(number));
    }
    return all;
  }

  @BeforeEach
  void empty() {
    processor.reset();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 11, 16, 31, 50})
  void gives_the_same_rows_with_batches_of_any_size(int size) {
    processor.deliver(LOG);
    List<String> whole = rows();
    processor.reset();

    for (int from = 0; from < LOG.size(); from += size) {
      processor.deliver(LOG.subList(from, Math.min(LOG.size(), from + size)));
    }

    assertThat(rows()).isEqualTo(whole).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 13, 40})
  void gives_the_same_rows_when_every_batch_is_delivered_again_with_those_before(int size) {
    processor.deliver(LOG);
    List<String> whole = rows();
    processor.reset();

    for (int from = 0; from < LOG.size(); from += size) {
      processor.deliver(LOG.subList(Math.max(0, from - size), Math.min(LOG.size(), from + size)));
    }
    processor.deliver(LOG);

    assertThat(rows()).isEqualTo(whole);
  }

  private static List<String> rows() {
    return JdbcClient.create(DATABASE)
        .sql(
            """
            select 'cluster ' || data::text from readmodel.cluster
            union all select 'pool ' || data::text from readmodel.pool
            union all select 'node ' || data::text from readmodel.node
            union all select 'operation ' || data::text from readmodel.operation
            order by 1
            """)
        .query((row, _) -> row.getString(1))
        .list();
  }
}
