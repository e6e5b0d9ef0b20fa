package io.keelson.projections.status;

import static io.keelson.projections.status.Examples.CLUSTER;
import static io.keelson.projections.status.Examples.NODE;
import static io.keelson.projections.status.Examples.OPERATION;
import static io.keelson.projections.status.Examples.ORGANIZATION;
import static io.keelson.projections.status.Examples.POOL;
import static io.keelson.projections.status.Examples.attributes;
import static io.keelson.projections.status.Examples.instant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodePhase;
import io.keelson.commands.release.ReleaseId;
import io.keelson.infra.testing.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;

class StreamVersionsTest {

  private static final DataSource DATABASE = TestPostgres.database("readmodel");
  private static final ReleaseId RELEASE = ReleaseId.of(KubernetesVersion.of("1.35.3"));
  private static final Duration LONG = Duration.ofMinutes(1);

  private final StatusTables tables = new StatusTables(DATABASE);

  @BeforeEach
  void empty() {
    tables.truncate();
  }

  static List<Id> streams() {
    return List.of(CLUSTER, NODE, OPERATION, RELEASE, ORGANIZATION);
  }

  @ParameterizedTest
  @MethodSource("streams")
  void knows_every_stream_that_rows_are_folded_from(Id stream) {
    String table =
        Map.of(
                CLUSTER,
                "cluster",
                NODE,
                "node",
                OPERATION,
                "operation",
                RELEASE,
                "release",
                ORGANIZATION,
                "organization")
            .get(stream);
    JdbcTemplate sql = new JdbcTemplate(DATABASE);
    sql.execute("truncate readmodel." + table);
    assertThat(tables.await(stream, 0, Duration.ZERO)).isFalse();

    sql.update(
        "insert into readmodel." + table + " (data) values (cast(? as jsonb))", json(stream));

    assertThat(tables.await(stream, 7, Duration.ZERO)).isTrue();
    assertThat(tables.await(stream, 3, Duration.ZERO)).isTrue();
    assertThat(tables.await(stream, 8, Duration.ZERO)).isFalse();
  }

  @Test
  void does_not_wait_for_an_empty_stream() {
    assertThat(tables.await(CLUSTER, -1, Duration.ZERO)).isTrue();
  }

  @Test
  void refuses_to_wait_for_a_stream_that_has_no_rows_of_its_own() {
    assertThatThrownBy(() -> tables.await(POOL, 1, LONG))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void continues_as_soon_as_the_rows_are_written() {
    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(() -> tables.await(NODE, 1, LONG));
    tables.nodes.rows.save(List.of(node(0)));
    assertThat(waiting).isNotDone();

    tables.nodes.rows.save(List.of(node(1)));

    await().atMost(LONG).until(waiting::isDone);
    assertThat(waiting).isCompletedWithValue(true);
  }

  @Test
  void gives_up_when_the_time_is_over_and_not_before() {
    tables.nodes.rows.save(List.of(node(0)));
    long start = System.nanoTime();

    assertThat(tables.await(NODE, 1, Duration.ofMillis(150))).isFalse();

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(150));
  }

  @Test
  void gives_up_when_the_thread_is_interrupted_and_leaves_it_so() throws InterruptedException {
    AtomicBoolean interrupted = new AtomicBoolean();
    AtomicBoolean reached = new AtomicBoolean(true);
    Thread waiting =
        Thread.ofPlatform()
            .start(
                () -> {
                  reached.set(tables.await(NODE, 1, LONG));
                  interrupted.set(Thread.currentThread().isInterrupted());
                });

    waiting.interrupt();

    assertThat(waiting.join(Duration.ofSeconds(50))).isTrue();
    assertThat(reached).isFalse();
    assertThat(interrupted).isTrue();
  }

  private static NodeStatus node(long version) {
    return NodeStatus.created(
        NODE, version, CLUSTER, POOL, attributes("one", NodePhase.READY), instant(version));
  }

  /** A row with no more than its table asks for. */
  private static String json(Id stream) {
    return """
    {"id": "%s", "version": 7, "organization": "%s", "project": "%s", "cluster": "%s",
     "acl": [], "region": "", "kind": "", "state": "", "phase": "", "pool": "%s", "nodeIds": [],
     "spec": {"name": "", "type": "", "version": "1.35.3"},
     "attributes": {"name": "", "version": "1.35.3", "providerId": ""},
     "createdAt": "", "updatedAt": "", "startedAt": ""}
    """
        .formatted(stream, ORGANIZATION, Examples.PROJECT, CLUSTER, POOL);
  }
}
