package io.keelson.infra.app.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.commands.ClusterId;
import io.keelson.commands.SecretSubject;
import io.keelson.commands.secret.Secrets;
import io.keelson.infra.app.directory.EnvFile;
import io.keelson.infra.app.program.Api.Response;
import io.keelson.infra.secrets.PostgresSecrets;
import io.keelson.infra.secrets.SecretsKeyFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/**
 * Deletes the keys of a cluster and of a caller: their secrets are gone for every reader, each
 * reader says so, and the log stays as it was.
 */
@Timeout(600)
class SecretsErasureTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final String USER_DATA = "#cloud-config";
  private static final String ERASED = "has been erased";

  @TempDir Path data;

  @Test
  void erased_secrets_are_gone_for_every_reader_and_the_log_is_unchanged() throws Exception {
    try (ProgramRun program = ProgramRun.ready(data)) {
      Map<String, String> environment = new EnvFile(data.resolve("keelson.env")).read();
      Map<String, String> servers = new EnvFile(data.resolve("servers.env")).read();
      IssuedKey leaving =
          IssuedKey.issue(environment, servers, "SCWLEAVINGLEAVING000", "KubernetesFullAccess");
      Api owner = new Api(environment);
      Api caller = new Api(with(environment, leaving));
      JdbcTemplate database = Fleet.database(servers);

      Response created = create(caller, "erased");
      String erased = created.body().path("id").asString();
      String damaged = create(caller, "damaged").body().path("id").asString();
      assertThat(userData(owner, erased).status()).isEqualTo(200);
      assertThat(audited(owner, created).path("source_ip").asString()).isEqualTo("127.0.0.1");

      long until = head(database);
      String before = log(database, until);
      Secrets secrets = secrets(servers);
      secrets.erase(SecretSubject.cluster(ClusterId.of(erased)));
      secrets.erase(SecretSubject.principal(leaving.accessKey()));
      damage(database, damaged);

      checkReaders(owner, created, erased);
      checkProviderCall(owner, erased, "user_data.cloud-init");
      assertThat(userData(owner, damaged).status())
          .as("what cannot be decrypted is a fault and not an erasure")
          .isEqualTo(500);
      assertThat(program.output())
          .anyMatch(line -> line.contains("cannot be decrypted"))
          .noneMatch(line -> line.contains(USER_DATA));
      assertThat(log(database, until)).isEqualTo(before);
    }
  }

  private static void checkReaders(Api owner, Response created, String cluster) throws Exception {
    Response userData = userData(owner, cluster);
    assertThat(userData.status()).isEqualTo(404);
    assertThat(userData.body().path("help_message").asString()).contains(ERASED);

    JsonNode audited = audited(owner, created);
    assertThat(audited.path("action").asString()).isEqualTo("CreateCluster");
    assertThat(audited.path("source_ip").isNull()).isTrue();
    assertThat(audited.path("user_agent").isNull()).isTrue();
  }

  /** A larger pool needs the user data for its new machine. */
  private static void checkProviderCall(Api owner, String cluster, String field) throws Exception {
    Response changed = owner.patch(Fleet.POOLS + pool(owner, cluster), "{\"size\": 2}");
    assertThat(changed.status()).isEqualTo(200);
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> {
              JsonNode failed =
                  owner
                      .get("/keelson/v1/operations?state=failed&cluster_id=" + cluster)
                      .body()
                      .path("items");
              assertThat(failed).hasSize(1);
              assertThat(failed.toString()).contains(ERASED, field).doesNotContain("decrypt");
            });
  }

  /** One bit of each ciphertext of a cluster is flipped. */
  private static void damage(JdbcTemplate database, String cluster) {
    assertThat(
            database.update(
                """
                update secrets.secret
                set ciphertext = set_bit(ciphertext, 200, 1 - get_bit(ciphertext, 200))
                where subject = ?
                """,
                "cluster:" + cluster))
        .isEqualTo(1);
  }

  /** A digest of the log up to one of its positions. */
  private static String log(JdbcTemplate database, long until) {
    return Objects.requireNonNull(
        database.queryForObject(
            """
            select md5(string_agg(md5(l::text || e::text), '' order by l.log_position))
            from eventstore.ledger l join eventstore.event e using (position)
            where l.log_position <= ?
            """,
            String.class,
            until));
  }

  private static long head(JdbcTemplate database) {
    return Objects.requireNonNull(
        database.queryForObject("select max(log_position) from eventstore.ledger", Long.class));
  }

  private static Secrets secrets(Map<String, String> servers) {
    return PostgresSecrets.open(
        Objects.requireNonNull(Fleet.database(servers).getDataSource()),
        SecretsKeyFile.read(Path.of(servers.getOrDefault("KEELSON_SECRETS_KEY_FILE", ""))));
  }

  /** Creates a cluster whose second pool has user data. */
  private static Response create(Api api, String name) throws Exception {
    Response created =
        Fleet.create(
            api, name, "1.35.3", "{\"name\": \"default\", \"node_type\": \"DEV1-M\", \"size\": 1}");
    String cluster = created.body().path("id").asString();
    awaitSettled(api, cluster);
    String pool =
        """
        {"name": "late", "node_type": "DEV1-M", "size": 1, "user_data": {"cloud-init": "%s"}}
        """
            .formatted(Base64.getEncoder().encodeToString(USER_DATA.getBytes(UTF_8)));
    Response added = api.post(Fleet.PATH + "/" + cluster + "/pools", pool, name);
    assertThat(added.status()).as(() -> added.body().toString()).isEqualTo(200);
    awaitSettled(api, cluster);
    return created;
  }

  private static void awaitSettled(Api api, String cluster) {
    await().atMost(TIMEOUT).until(() -> Fleet.settled(api).contains(cluster));
  }

  private static Response userData(Api api, String cluster) throws Exception {
    return api.get(Fleet.POOLS + pool(api, cluster) + "/user-data/cloud-init");
  }

  private static String pool(Api api, String cluster) throws Exception {
    return api.get(Fleet.PATH + "/" + cluster + "/pools?name=late")
        .body()
        .path("pools")
        .path(0)
        .path("id")
        .asString();
  }

  private static JsonNode audited(Api api, Response call) throws Exception {
    JsonNode items =
        api.get("/keelson/v1/audit?request_id=" + call.requestId()).body().path("items");
    assertThat(items).hasSize(1);
    return items.path(0);
  }

  private static Map<String, String> with(Map<String, String> environment, IssuedKey key) {
    Map<String, String> other = new HashMap<>(environment);
    other.put("SCW_SECRET_KEY", key.secret());
    return other;
  }
}
