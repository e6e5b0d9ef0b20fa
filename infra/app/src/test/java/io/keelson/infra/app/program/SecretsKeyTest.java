package io.keelson.infra.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.infra.app.directory.EnvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts of the program with the right key for secrets, with another one and with none, on a
 * database that has secrets.
 */
@Timeout(900)
class SecretsKeyTest {

  private static final Duration START = Duration.ofMinutes(3);
  private static final String FILE = "KEELSON_SECRETS_KEY_FILE";
  private static final String TEXT = "KEELSON_SECRETS_KEY";

  @TempDir static Path serversData;
  @TempDir static Path dataOfFirst;
  @TempDir Path data;

  private static ProgramRun servers;
  private static Map<String, String> variables;

  @BeforeAll
  static void startServersAndLetAnInstanceJoin() throws Exception {
    servers = ProgramRun.servers(serversData, 0);
    servers.once("The embedded servers are ready in", START);
    variables = new EnvFile(serversData.resolve("servers.env")).read();
    try (ProgramRun first = start(dataOfFirst, variables)) {
      first.once("Keelson is ready in", START);
    }
  }

  @AfterAll
  static void stopServers() throws IOException {
    servers.close();
  }

  @Test
  void the_generated_key_is_private_and_another_instance_finds_it() throws Exception {
    Path file = serversData.resolve("secrets.key").toRealPath();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Path.of(variables.getOrDefault(FILE, ""))).isAbsolute().isEqualTo(file);
    assertThat(Base64.getDecoder().decode(Files.readString(file).strip())).hasSize(32);
    assertThat(dataOfFirst.resolve("secrets.key")).doesNotExist();
    String key = key();
    assertThat(servers.output()).noneMatch(line -> line.contains(key));
  }

  @Test
  void an_instance_with_the_same_key_as_text_joins() throws Exception {
    try (ProgramRun second = start(data, with(TEXT, key()))) {
      second.once("Keelson is ready in", START);
    }
  }

  @Test
  void a_wrong_key_stops_the_start_with_one_line() throws Exception {
    String wrong = Base64.getEncoder().encodeToString(new byte[32]);
    List<String> output = refused(with(TEXT, wrong));
    assertThat(reasons(output))
        .singleElement()
        .asString()
        .contains(TEXT + " holds another key")
        .doesNotContain(wrong);
    assertNoTrace(output);
  }

  @Test
  void a_wrong_key_file_stops_the_start_with_one_line() throws Exception {
    Path wrong = data.resolve("wrong.key");
    Files.createFile(
        wrong, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(wrong, Base64.getEncoder().encodeToString(new byte[32]));
    List<String> output = refused(with(FILE, wrong.toString()));
    assertThat(reasons(output))
        .singleElement()
        .asString()
        .contains("keelson.secrets.key-file", wrong.toString(), "holds another key");
    assertNoTrace(output);
  }

  @Test
  void a_missing_key_stops_the_start_with_one_line_and_before_anything_else() throws Exception {
    Map<String, String> without = new HashMap<>(variables);
    without.remove(FILE);
    assertThat(refused(without))
        .singleElement()
        .asString()
        .contains("keelson.secrets.key-file", TEXT);
    assertThat(data.resolve("secrets.key"))
        .as("a new key could not decrypt anything in a database that is not embedded")
        .doesNotExist();
  }

  @Test
  void two_keys_or_a_malformed_one_stop_the_start_with_one_line() throws Exception {
    Map<String, String> both = new HashMap<>(variables);
    both.put(TEXT, key());
    assertThat(refused(both)).singleElement().asString().contains("are both set");
    assertThat(refused(with(TEXT, "tooshort")))
        .singleElement()
        .asString()
        .contains(TEXT, "openssl rand -base64 32");
  }

  /** The variables of the servers, with one setting in place of the generated key. */
  private static Map<String, String> with(String variable, String value) {
    Map<String, String> environment = new HashMap<>(variables);
    environment.remove(FILE);
    environment.put(variable, value);
    return environment;
  }

  private static String key() throws IOException {
    return Files.readString(serversData.resolve("secrets.key")).strip();
  }

  private List<String> refused(Map<String, String> environment) throws IOException {
    try (ProgramRun run = start(data, environment)) {
      assertThat(run.exitCode()).isEqualTo(1);
      return run.output();
    }
  }

  private static List<String> reasons(List<String> output) {
    return output.stream().filter(line -> line.startsWith("Keelson does not start: ")).toList();
  }

  private static void assertNoTrace(List<String> output) {
    assertThat(output)
        .noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception"))
        .noneMatch(line -> line.contains(" ERROR ") || line.contains(" WARN "));
  }

  private static ProgramRun start(Path data, Map<String, String> variables) throws IOException {
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("KEELSON_DATA_DIR", data.toString());
    environment.put("SERVER_PORT", "0");
    return ProgramRun.begin(environment);
  }
}
