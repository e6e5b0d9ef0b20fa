package io.keelson.adapters.rest.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Vault;
import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import io.keelson.commands.access.CallCommand.RecordSecretRead;
import io.keelson.commands.access.CallId;
import io.keelson.commands.pool.PoolCommand.CreatePool;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserDataTest extends EdgeTest {
  private static final String CLOUD_INIT = "#cloud-config\npackages: [\"ø\"]\n";

  private String pools = "";
  private @Nullable CreatePool created;

  @BeforeEach
  void create() {
    pools = K8S + "/clusters/" + post(K8S + "/clusters", Bodies.cluster()).text("id") + "/pools";
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private Answer create(String userData) {
    return post(
        pools,
        "{\"name\":\"mole\",\"node_type\":\"DEV1-M\",\"size\":1,\"user_data\":" + userData + "}");
  }

  private String file(String userData, String key) {
    String pool = create(userData).text("id");
    created = world.sent(CreatePool.class).getLast();
    return K8S + "/pools/" + pool + "/user-data/" + key;
  }

  @Test
  void is_kept_with_the_pool_and_not_shown_with_it() {
    Answer answer = create("{\"cloud-init\":\"" + base64(CLOUD_INIT) + "\",\"none\":null}");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).doesNotContain("user_data");
    assertThat(revealed()).isEqualTo(Map.of("cloud-init", CLOUD_INIT, "none", ""));
  }

  /** What the command refers to. */
  private Map<String, String> revealed() {
    Map<String, String> values = new TreeMap<>();
    userData().forEach((key, ref) -> values.put(key, new String(vault.reveal(ref), UTF_8)));
    return values;
  }

  private Map<String, SecretRef> userData() {
    return world.sent(CreatePool.class).getLast().spec().machine().userData();
  }

  @Test
  void is_a_secret_of_the_cluster_and_no_part_of_the_command() {
    create("{\"a\":\"" + base64(CLOUD_INIT) + "\"}");

    CreatePool command = world.sent(CreatePool.class).getFirst();
    assertThat(vault.kept)
        .contains(new Vault.Kept(SecretSubject.cluster(command.clusterId()), CLOUD_INIT));
    assertThat(command.toString())
        .doesNotContain(base64(CLOUD_INIT))
        .doesNotContain("cloud-config");
  }

  @Test
  void is_not_kept_by_a_call_that_is_refused() {
    Answer answer =
        post(
            pools,
            "{\"name\":\"mole\",\"node_type\":\"none\",\"size\":1,\"user_data\":{\"a\":\"%s\"}}"
                .formatted(base64(CLOUD_INIT)));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(vault.kept).noneMatch(kept -> kept.value().equals(CLOUD_INIT));
  }

  @Test
  void is_read_only_with_a_record_of_it() {
    String path = file("{\"a\":\"" + base64(CLOUD_INIT) + "\"}", "a");
    world.sent.clear();

    Answer answer = get(path);

    CreatePool created = created();
    assertThat(world.audited())
        .singleElement()
        .isInstanceOfSatisfying(
            RecordSecretRead.class,
            read -> {
              assertThat(read.call())
                  .isEqualTo(CallId.of(UUID.fromString(answer.header("X-Request-Id"))));
              assertThat(read.cluster()).isEqualTo(created.clusterId());
              assertThat(read.secret()).isEqualTo("pool/" + created.pool() + "/user-data/a");
            });
  }

  @Test
  void stays_here_when_the_reading_cannot_be_recorded() {
    String path = file("{\"a\":\"" + base64(CLOUD_INIT) + "\"}", "a");
    world.refusal = new StoreUnavailable("no connection", new IllegalStateException());

    Answer answer = get(path);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body()).doesNotContain(base64(CLOUD_INIT));
  }

  @Test
  void is_not_found_with_the_reason_once_it_has_been_erased() {
    String path = file("{\"a\":\"" + base64(CLOUD_INIT) + "\"}", "a");
    vault.erase(SecretSubject.cluster(created().clusterId()));
    world.sent.clear();

    Answer answer = get(path);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body())
        .isEqualTo(
            "{\"help_message\":\"it has been erased\",\"message\":\"resource is not found\","
                + "\"resource\":\"user_data\",\"resource_id\":\"a\",\"type\":\"not_found\"}");
    assertThat(world.audited()).as("nothing was read").isEmpty();
  }

  private CreatePool created() {
    return Objects.requireNonNull(created, "no pool was created");
  }

  @Test
  void is_a_file_in_json() {
    Answer answer = get(file("{\"cloud-init\":\"" + base64(CLOUD_INIT) + "\"}", "cloud-init"));

    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.body())
        .isEqualTo(
            "{\"name\":\"cloud-init\",\"content_type\":\"application/octet-stream\","
                + "\"content\":\"%s\"}".formatted(base64(CLOUD_INIT)));
  }

  @ParameterizedTest
  @CsvSource({"1, true", "true, true", "0, false", "false, false", "'', false"})
  void is_the_file_itself_when_that_is_asked_for(String dl, boolean raw) {
    String path = file("{\"a\":\"" + base64(CLOUD_INIT) + "\"}", "a");

    Answer answer = get(path + "?dl=" + dl);

    assertThat(answer.header("Content-Type"))
        .isEqualTo(raw ? "application/octet-stream" : "application/json");
    assertThat(answer.body().equals(CLOUD_INIT)).isEqualTo(raw);
  }

  @Test
  void says_not_found_of_what_nobody_gave_and_of_the_pool_itself() {
    String path = file("{\"a\":\"\"}", "b");
    String nothing = UUID.randomUUID().toString();

    assertThat(get(path).body())
        .isEqualTo(
            "{\"message\":\"resource is not found\",\"resource\":\"user_data\","
                + "\"resource_id\":\"b\",\"type\":\"not_found\"}");
    assertThat(get(K8S + "/pools/" + nothing + "/user-data/a").text("resource")).isEqualTo("pool");
    assertThat(get(path.replaceFirst("/b$", "/a")).json().get("content").asString()).isEmpty();
    assertThat(get(path.replaceFirst("/b$", "/%F0%9F%92%A9")).status()).isEqualTo(404);
  }

  @Test
  void refuses_a_bad_query() {
    Answer answer = get(file("{\"a\":\"\"}", "a") + "?dl=perhaps");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("details").get(0).get("argument_name").asString()).isEqualTo("dl");
  }

  @Test
  void has_one_form_however_it_was_padded() {
    create("{\"a\":\"Yg\"}");

    SecretRef unpadded = userData().get("a");
    create("{\"a\":\"Yg==\"}");

    assertThat(revealed()).isEqualTo(Map.of("a", "b"));
    assertThat(userData().get("a")).isEqualTo(unpadded);
  }

  @ParameterizedTest
  @CsvSource({"65536, 200", "65537, 400"})
  void has_a_largest_size(int bytes, int status) {
    String half = Base64.getEncoder().encodeToString(new byte[bytes / 2]);
    String rest = Base64.getEncoder().encodeToString(new byte[bytes - bytes / 2]);

    Answer answer = create("{\"a\":\"" + half + "\",\"b\":\"" + rest + "\"}");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body().contains("\"argument_name\":\"user_data\"")).isEqualTo(status == 400);
  }

  @ParameterizedTest
  @CsvSource({"20, 200", "21, 400"})
  void has_so_many_entries_at_most(int count, int status) {
    String entries =
        IntStream.range(0, count)
            .mapToObj(i -> "\"k" + i + "\":\"\"")
            .collect(Collectors.joining(",", "{", "}"));

    assertThat(create(entries).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"63, 200", "64, 400"})
  void has_names_of_some_length_at_most(int length, int status) {
    assertThat(create("{\"" + "k".repeat(length) + "\":\"\"}").status()).isEqualTo(status);
  }
}
