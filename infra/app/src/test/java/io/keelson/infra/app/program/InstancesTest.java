package io.keelson.infra.app.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.infra.app.directory.EnvFile;
import io.keelson.infra.testing.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Two instances on one PostgreSQL divide the work. One is killed, then both are restarted one after
 * the other. Every requested change must finish, with each effect exactly once.
 */
@Timeout(1200)
class InstancesTest {

  private static final int CLUSTERS = 20;
  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final Duration START = Duration.ofMinutes(3);

  @TempDir Path serversData;
  @TempDir Path dataOfA;
  @TempDir Path dataOfB;
  @TempDir Path dataOfOlder;

  /** A client that knows both instances, and tries the other one when one does not respond. */
  private record Both(List<Path> data) {

    String create(String name, int first) {
      return ask(
          first,
          api -> {
            Api.Response response = Fleet.create(api, name);
            return response.body().path("id").asString();
          });
    }

    void delete(String id, int first) {
      ask(
          first,
          api -> {
            int status =
                api.delete(Fleet.PATH + "/" + id + "?with_additional_resources=true").status();
            assertThat(status).isIn(200, 404);
            return id;
          });
    }

    /** A request to an instance. */
    interface Question {
      String of(Api api) throws IOException, InterruptedException;
    }

    private String ask(int first, Question question) {
      List<String> response = new ArrayList<>();
      int[] next = {first};
      await()
          .atMost(TIMEOUT)
          .ignoreExceptionsMatching(_ -> true)
          .until(
              () -> {
                Path target = data.get(next[0]++ % data.size());
                response.add(
                    question.of(new Api(new EnvFile(target.resolve("keelson.env")).read())));
                return true;
              });
      return response.getFirst();
    }
  }

  @Test
  void divide_the_work_survive_a_kill_and_are_restarted_one_by_one() throws Exception {
    Both both = new Both(List.of(dataOfA, dataOfB));
    try (ProgramRun servers = ProgramRun.servers(serversData, 0)) {
      servers.once("The embedded servers are ready in", START);
      Map<String, String> word = new EnvFile(serversData.resolve("servers.env")).read();
      JdbcTemplate database = Fleet.database(word);
      try (ProgramRun a = start(word, dataOfA);
          ProgramRun b = start(word, dataOfB)) {
        awaitShared(database, a, b);
        Set<String> ids = killWhileCreating(database, both, a, b);
        restartWhileBusy(database, both, word, a, ids);
      }
      assertThat(Fleet.gaps(word)).as("streams with a gap, or out of order").isEmpty();
    }
  }

  private Set<String> killWhileCreating(
      JdbcTemplate database, Both both, ProgramRun a, ProgramRun b) throws Exception {
    Set<String> ids = new HashSet<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
      List<Future<String>> calls =
          IntStream.range(0, CLUSTERS)
              .mapToObj(i -> callers.submit(() -> both.create("killed-" + i, i)))
              .toList();
      for (int i = 0; i < CLUSTERS / 2; i++) {
        ids.add(calls.get(i).get());
      }
      assertThat(work(dataOfA)).isPositive();
      assertThat(work(dataOfB)).isPositive();
      b.kill();
      Promise promise = Promise.within(Duration.ofSeconds(10));
      await()
          .atMost(promise.timeout())
          .until(() -> owners(database).equals(Map.of(a.pid(), segments(database))));
      promise.kept("all segments of a killed instance were taken over");
      for (Future<String> call : calls) {
        ids.add(call.get());
      }
    }
    assertThat(ids).hasSize(CLUSTERS);
    awaitSettled(dataOfA, ids);
    System.out.printf(
        "instances: after the kill %s%n", Fleet.effects(api(dataOfA), ids, Fleet.REQUESTS));
    return ids;
  }

  /** Clusters are created and deleted during the whole test. */
  private void restartWhileBusy(
      JdbcTemplate database, Both both, Map<String, String> word, ProgramRun a, Set<String> old)
      throws Exception {
    Set<String> ids = new HashSet<>();
    try (ProgramRun nextB = start(word, dataOfB);
        ExecutorService callers = Executors.newFixedThreadPool(4)) {
      awaitShared(database, a, nextB);
      List<Future<?>> deletions = new ArrayList<>();
      List<Future<String>> creations = new ArrayList<>();
      int n = 0;
      for (String id : old) {
        int number = n++;
        deletions.add(callers.submit(() -> both.delete(id, number)));
        creations.add(callers.submit(() -> both.create("rolled-" + number, number)));
      }
      a.stop();
      try (ProgramRun nextA = start(word, dataOfA)) {
        awaitShared(database, nextA, nextB);
        nextB.stop();
        try (ProgramRun lastB = start(word, dataOfB)) {
          for (Future<?> deletion : deletions) {
            deletion.get();
          }
          for (Future<String> creation : creations) {
            ids.add(creation.get());
          }
          awaitSettled(dataOfB, ids);
          await()
              .atMost(TIMEOUT)
              .untilAsserted(
                  () ->
                      assertThat(api(dataOfA).get(Fleet.PATH).body().path("total_count").asInt())
                          .isEqualTo(CLUSTERS));
          awaitShared(database, nextA, lastB);
          System.out.printf("instances: after the restarts %s%n", effects(ids));
          checkMetrics();
          migrateWhileRunning(database, both, word);
        }
      }
    }
  }

  /**
   * A newer program has migrated the schemas: running instances continue, an older program refuses
   * to start.
   */
  private void migrateWhileRunning(JdbcTemplate database, Both both, Map<String, String> word)
      throws Exception {
    for (String table :
        List.of(
            "eventstore.event",
            "eventstore.token",
            "eventstore.scheduled_task",
            "eventstore.instance",
            "readmodel.cluster",
            "readmodel.operation",
            "provisioning.desired",
            "provisioning.request",
            "secrets.secret")) {
      database.execute("alter table " + table + " add column from_tomorrow text");
    }
    database.update(
        """
        insert into eventstore.flyway_schema_history
          (installed_rank, version, description, type, script, checksum, installed_by,
           execution_time, success)
        values (1000, '999', 'from tomorrow', 'SQL', 'V999__x.sql', 1, 'keelson', 1, true)
        """);
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      ids.add(both.create("migrated-" + i, i));
    }
    awaitSettled(dataOfA, ids);
    Map<String, String> environment = new HashMap<>(word);
    environment.put("KEELSON_DATA_DIR", dataOfOlder.toString());
    environment.put("SERVER_PORT", "0");
    try (ProgramRun older = ProgramRun.begin(environment)) {
      assertThat(older.exitCode()).isEqualTo(1);
      assertThat(older.output())
          .filteredOn(line -> line.contains("newer than this program"))
          .singleElement()
          .asString()
          .contains("eventstore", "999");
    }
  }

  private Fleet.Effects effects(Set<String> ids) throws Exception {
    assertThat(ids).hasSize(CLUSTERS);
    return Fleet.effects(api(dataOfB), ids, Fleet.REQUESTS);
  }

  private void checkMetrics() {
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> {
              Map<String, Double> seen = metrics(dataOfB);
              assertThat(seen).containsEntry("keelson_instances", 2.0);
              assertThat(seen)
                  .containsKeys(
                      "keelson_tail_lag_seconds",
                      "keelson_tail_watermark_age_seconds",
                      "keelson_command_conflicts_total");
              assertThat(seen.get("keelson_tail_decided_position")).isPositive();
              assertThat(seen.get("keelson_operations{kind=\"create\",state=\"finished\"}"))
                  .isEqualTo(2.0 * CLUSTERS);
              assertThat(seen.keySet())
                  .anyMatch(name -> name.startsWith("keelson_commands_seconds_count{"))
                  .anyMatch(name -> name.startsWith("keelson_processor_lag_events{"))
                  .anyMatch(name -> name.startsWith("keelson_processor_lag_seconds{"));
            });
  }

  /** The number of commands that an instance has executed. */
  private static double work(Path data) throws Exception {
    return metrics(data).entrySet().stream()
        .filter(e -> e.getKey().startsWith("keelson_commands_seconds_count{"))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private static Map<String, Double> metrics(Path data) throws Exception {
    Map<String, Double> seen = new TreeMap<>();
    for (String line : api(data).text("/actuator/prometheus").lines().toList()) {
      if (!line.startsWith("#")) {
        int space = line.lastIndexOf(' ');
        seen.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
      }
    }
    return seen;
  }

  private static void awaitSettled(Path data, Set<String> ids) {
    await()
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(() -> assertThat(Fleet.settled(api(data))).containsAll(ids));
  }

  /** Each instance holds half of all segments, and at least one of each processor. */
  private static void awaitShared(JdbcTemplate database, ProgramRun one, ProgramRun other) {
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> {
              int half = segments(database) / 2;
              assertThat(owners(database)).isEqualTo(Map.of(one.pid(), half, other.pid(), half));
              assertThat(
                      database.queryForObject(
                          "select min(n) from (select count(distinct owner) as n"
                              + " from eventstore.token where processor <> '__config'"
                              + " group by processor) o",
                          Integer.class))
                  .isEqualTo(2);
            });
  }

  private static int segments(JdbcTemplate database) {
    Integer segments =
        database.queryForObject(
            "select count(*) from eventstore.token where processor <> '__config'", Integer.class);
    return segments == null ? 0 : segments;
  }

  /** The number of segments by process. */
  private static Map<Long, Integer> owners(JdbcTemplate database) {
    Map<Long, Integer> owners = new HashMap<>();
    database.query(
        "select split_part(owner, '-', 2) as pid, count(*) as segments from eventstore.token"
            + " where owner is not null and processor <> '__config' group by 1",
        row -> {
          owners.put(row.getLong("pid"), row.getInt("segments"));
        });
    return owners;
  }

  private static ProgramRun start(Map<String, String> servers, Path data) throws IOException {
    Map<String, String> environment = new HashMap<>(servers);
    environment.put("KEELSON_DATA_DIR", data.toString());
    environment.put("SERVER_PORT", "0");
    return ProgramRun.begin(environment).once("Keelson is ready in", START);
  }

  private static Api api(Path data) {
    return new Api(new EnvFile(data.resolve("keelson.env")).read());
  }
}
