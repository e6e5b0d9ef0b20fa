package io.keelson.adapters.rest.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.commands.pool.PoolCommand.CreatePool;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserDataTest extends EdgeTest {
  private static final String CLOUD_INIT = "#cloud-config\npackages: [\"ø\"]\n";

  private String pools = "";

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
    return K8S + "/pools/" + create(userData).text("id") + "/user-data/" + key;
  }

  @Test
  void is_kept_with_the_pool_and_not_shown_with_it() {
    Answer answer = create("{\"cloud-init\":\"" + base64(CLOUD_INIT) + "\",\"none\":null}");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).doesNotContain("user_data");
    assertThat(world.sent(CreatePool.class).getFirst().pool().spec().userData())
        .isEqualTo(Map.of("cloud-init", base64(CLOUD_INIT), "none", ""));
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

    assertThat(world.sent(CreatePool.class).getFirst().pool().spec().userData())
        .isEqualTo(Map.of("a", "Yg=="));
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
