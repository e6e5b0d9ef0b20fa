package io.keelson.infra.app.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.infra.app.directory.EnvFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** How many events the program stores for usual changes. People read them, so there are few. */
@Timeout(900)
class EventNumbersTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(4);
  private static final int NODES = 2;
  private static final int MAX_CREATION_EVENTS = 30;
  private static final int MAX_CREATION_BYTES = 17_000;
  private static final int MAX_TAGS_EVENTS = 6;
  private static final int MAX_EVENTS_OF_A_NODE = 12;

  @TempDir Path data;

  /** Events since a position, and the size of their payload and metadata. */
  private record Stored(long events, long bytes) {}

  @Test
  void a_change_has_no_more_events_than_people_can_read() throws Exception {
    try (ProgramRun _ = ProgramRun.ready(data)) {
      Api api = new Api(new EnvFile(data.resolve("keelson.env")).read());
      Log log = new Log(new EnvFile(data.resolve("servers.env")).read());

      String cluster = create(api);
      Stored creation = log.since(0, cluster);

      long beforeTags = log.head();
      assertThat(api.patch(pool(api, cluster), "{\"tags\": [\"changed\"]}").status())
          .isEqualTo(200);
      awaitDone(api, cluster, log, beforeTags, "pool.update-finished");
      Stored tags = log.since(beforeTags, cluster);

      long beforeUpgrade = log.head();
      upgrade(api, cluster);
      awaitDone(api, cluster, log, beforeUpgrade, "cluster.upgrade-finished");
      Stored upgrade = log.since(beforeUpgrade, cluster);
      double ofNode = (double) log.aboutNodesSince(beforeUpgrade, cluster) / NODES;

      System.out.printf(
          "events: creation of a cluster with %d nodes: %d events, %d bytes; tags of a pool: %d;"
              + " upgrade: %d, of these %.1f for each node%n",
          NODES, creation.events(), creation.bytes(), tags.events(), upgrade.events(), ofNode);
      assertThat(creation.events()).isLessThanOrEqualTo(MAX_CREATION_EVENTS);
      assertThat(creation.bytes()).isLessThanOrEqualTo(MAX_CREATION_BYTES);
      assertThat(tags.events()).isLessThanOrEqualTo(MAX_TAGS_EVENTS);
      assertThat(ofNode).isLessThanOrEqualTo(MAX_EVENTS_OF_A_NODE);
    }
  }

  private static String create(Api api) throws Exception {
    String pools = "{\"name\": \"default\", \"node_type\": \"DEV1-M\", \"size\": " + NODES + "}";
    String id = Fleet.create(api, "numbers", "1.34.6", pools).body().path("id").asString();
    await().atMost(TIMEOUT).until(() -> Fleet.settled(api).contains(id) && idle(api));
    return id;
  }

  private static void upgrade(Api api, String cluster) throws Exception {
    String body = "{\"version\": \"1.35.3\", \"upgrade_pools\": true}";
    assertThat(api.post(Fleet.PATH + "/" + cluster + "/upgrade", body, null).status())
        .isEqualTo(200);
  }

  private static void awaitDone(Api api, String cluster, Log log, long since, String last) {
    await().atMost(TIMEOUT).until(() -> log.has(since, cluster, last) && idle(api));
  }

  private static boolean idle(Api api) throws Exception {
    return api.get("/keelson/v1/operations?state=running").body().path("items").isEmpty();
  }

  private static String pool(Api api, String cluster) throws Exception {
    JsonNode pools = api.get(Fleet.PATH + "/" + cluster + "/pools").body().path("pools");
    return Fleet.POOLS + pools.path(0).path("id").asString();
  }

  /** The events of a cluster in the store. */
  private static final class Log {

    private final JdbcTemplate sql;

    Log(Map<String, String> servers) {
      sql = Fleet.database(servers);
    }

    long head() {
      return number("select coalesce(max(position), 0) from eventstore.event");
    }

    Stored since(long position, String cluster) {
      String from = " from eventstore.event where position > ? and cluster = ?";
      UUID id = UUID.fromString(cluster);
      return new Stored(
          number("select count(*)" + from, position, id),
          number(
              "select coalesce(sum(length(payload) + length(metadata)), 0)" + from, position, id));
    }

    /** Those of nodes, and those with which a roll works through its nodes. */
    long aboutNodesSince(long position, String cluster) {
      return number(
          """
          select count(*) from eventstore.event where position > ? and cluster = ?
          and (stream_type = 'node' or type in ('operation.nodes-selected',
               'operation.pool-requested', 'operation.node-replaced', 'operation.target-blocked'))
          """,
          position,
          UUID.fromString(cluster));
    }

    boolean has(long position, String cluster, String type) {
      return number(
              "select count(*) from eventstore.event"
                  + " where position > ? and cluster = ? and type = ?",
              position,
              UUID.fromString(cluster),
              type)
          > 0;
    }

    private long number(String query, Object... arguments) {
      Long number = sql.queryForObject(query, Long.class, arguments);
      return number == null ? 0 : number;
    }
  }
}
