package io.keelson.infra.app.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.infra.app.directory.EnvFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program is killed at a random moment while it creates twenty clusters. After a restart it
 * must complete all of them, with each effect at the provider exactly once and no event lost. Then
 * it is killed again while in each cluster one pool grows, one is deleted and one is created.
 *
 * <p>{@code -Dkeelson.crash.runs=20} repeats it as often; {@code -Dkeelson.crash.seed} replays the
 * moments of another run.
 */
@Timeout(1800)
class CrashTest {

  private static final int RUNS = Integer.getInteger("keelson.crash.runs", 2);
  private static final long SEED = Long.getLong("keelson.crash.seed", 20260901L);
  private static final int CLUSTERS = 20;

  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  @TempDir Path data;

  @Test
  void every_requested_cluster_becomes_ready_in_spite_of_a_kill() throws Exception {
    Random random = new Random(SEED);
    for (int run = 1; run <= RUNS; run++) {
      int killAfterMillis = random.nextInt(3_500);
      List<String> names = names(run);
      try (ProgramRun program = ProgramRun.ready(data)) {
        Api api = api();
        try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
          List<Future<?>> calls =
              names.stream()
                  .<Future<?>>map(n -> callers.submit(() -> Fleet.create(api, n)))
                  .toList();
          await().pollDelay(Duration.ofMillis(killAfterMillis)).until(() -> true);
          program.kill();
          calls.forEach(call -> call.cancel(true));
        }
      }
      Set<String> ids;
      int killAgainAfterMillis = random.nextInt(2_500);
      try (ProgramRun program = ProgramRun.ready(data)) {
        ids = checkAfterTheKill(api(), names, run, killAfterMillis);
        killWhilePoolsChange(program, ids, killAgainAfterMillis);
      }
      try (ProgramRun _ = ProgramRun.ready(data)) {
        checkPools(api(), ids, run, killAgainAfterMillis);
      }
    }
  }

  private Set<String> checkAfterTheKill(Api api, List<String> names, int run, int killedAfter)
      throws Exception {
    // A client without a response repeats the request with the same key.
    Set<String> ids = new HashSet<>();
    for (String name : names) {
      ids.add(Fleet.create(api, name).body().path("id").asString());
    }
    assertThat(ids).hasSize(CLUSTERS);
    await()
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(() -> assertThat(Fleet.settled(api)).containsAll(ids));
    Fleet.Effects effects = Fleet.effects(api, ids, Fleet.REQUESTS);
    assertThat(Fleet.gaps(new EnvFile(data.resolve("servers.env")).read()))
        .as("streams with a gap, or out of order")
        .isEmpty();
    System.out.printf(
        "crash: run %d, killed after %d ms: %d clusters ready, %d calls, %d effects, each once%n",
        run, killedAfter, ids.size(), effects.calls(), effects.effects());
    return ids;
  }

  private void killWhilePoolsChange(ProgramRun program, Set<String> ids, int killAfterMillis)
      throws Exception {
    Api api = api();
    try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
      List<Future<?>> calls =
          ids.stream()
              .<Future<?>>map(
                  id ->
                      callers.submit(
                          () -> {
                            Fleet.change(api, id);
                            return id;
                          }))
              .toList();
      await().pollDelay(Duration.ofMillis(killAfterMillis)).until(() -> true);
      program.kill();
      calls.forEach(call -> call.cancel(true));
    }
  }

  private void checkPools(Api api, Set<String> ids, int run, int killedAfter) throws Exception {
    for (String id : ids) {
      Fleet.change(api, id);
    }
    await()
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(() -> assertThat(Fleet.changed(api, ids)).isEqualTo(ids));
    Fleet.Effects effects = Fleet.effects(api, ids, Fleet.REQUESTS + 3);
    assertThat(Fleet.gaps(new EnvFile(data.resolve("servers.env")).read()))
        .as("streams with a gap, or out of order")
        .isEmpty();
    System.out.printf(
        "crash: run %d, killed after %d ms more: %d pools each grown, gone and come, %d calls,"
            + " %d effects, each once%n",
        run, killedAfter, ids.size(), effects.calls(), effects.effects());
    for (String id : ids) {
      assertThat(api.delete(Fleet.PATH + "/" + id + "?with_additional_resources=true").status())
          .isEqualTo(200);
    }
    await()
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(
            () -> assertThat(api.get(Fleet.PATH).body().path("total_count").asInt()).isZero());
    checkPublishedEvents(api, run);
  }

  private void checkPublishedEvents(Api api, int run) throws Exception {
    String kafka =
        new EnvFile(data.resolve("servers.env"))
            .read()
            .getOrDefault("SPRING_KAFKA_BOOTSTRAP_SERVERS", "");
    try (PublishedEvents published = new PublishedEvents(kafka)) {
      PublishedEvents.Count count = published.checkedAgainst(api);
      System.out.printf(
          "crash: run %d: %d records in keelson.events, %d of them repeated, in order per key and"
              + " equal to the log%n",
          run, count.records(), count.repeated());
    }
  }

  private Api api() {
    return new Api(new EnvFile(data.resolve("keelson.env")).read());
  }

  private static List<String> names(int run) {
    return IntStream.range(0, CLUSTERS).mapToObj(i -> "crash-" + run + "-" + i).toList();
  }
}
