package io.keelson.infra.secrets;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.infra.embedded.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyEncryptionKeyTest {

  private static final String SETTING = "KEELSON_SECRETS_KEY";

  @TempDir private Path directory;

  @Test
  void reads_what_it_writes() throws GeneralSecurityException {
    KeyEncryptionKey key = KeyEncryptionKey.generate();
    KeyEncryptionKey again = KeyEncryptionKey.parse(key.text(), SETTING);

    byte[] ciphertext = key.aead().encrypt("x".getBytes(US_ASCII), new byte[0]);

    assertThat(again.aead().decrypt(ciphertext, new byte[0])).asString(US_ASCII).isEqualTo("x");
  }

  @Test
  void is_44_characters_of_base64_whatever_whitespace_surrounds_it() {
    String text = KeyEncryptionKey.generate().text();

    assertThat(text).hasSize(44);
    assertThat(KeyEncryptionKey.parse(" " + text + "\n", SETTING).text()).isEqualTo(text);
  }

  @Test
  void another_key_is_generated_each_time() {
    assertThat(KeyEncryptionKey.generate().text()).isNotEqualTo(KeyEncryptionKey.generate().text());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 31, 33, 64})
  void refuses_another_number_of_bytes(int bytes) {
    String text = Base64.getEncoder().encodeToString(new byte[bytes]);

    assertThatThrownBy(() -> KeyEncryptionKey.parse(text, SETTING))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith(SETTING + " holds " + bytes + " bytes instead of 32: ")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void refuses_a_text_that_is_not_base64_without_quoting_it() {
    assertThatThrownBy(() -> KeyEncryptionKey.parse("swordfish~", SETTING))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith(SETTING + " is not base64: ")
        .hasNoCause()
        .message()
        .doesNotContain("swordfish", "~", "\n");
  }

  @Test
  void does_not_print_itself() {
    KeyEncryptionKey key = KeyEncryptionKey.generate();

    assertThat(key.toString()).doesNotContain(key.text());
  }

  @Test
  void a_file_is_generated_once_and_is_private() throws Exception {
    Path file = directory.resolve("secrets.key");

    String first = SecretsKeyFile.readOrGenerate(file).text();

    assertThat(SecretsKeyFile.readOrGenerate(file).text()).isEqualTo(first);
    assertThat(SecretsKeyFile.read(file).text()).isEqualTo(first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(directory.toFile().list()).containsExactly("secrets.key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-"})
  void a_file_that_is_open_to_others_is_refused(String mode) throws Exception {
    Path file = written(KeyEncryptionKey.generate().text(), mode);

    assertThatThrownBy(() -> SecretsKeyFile.read(file))
        .isInstanceOf(StartRefused.class)
        .hasMessage(
            "keelson.secrets.key-file (%s) is open to other users: run `chmod 600 %s`", file, file);
  }

  @Test
  void a_read_only_private_file_is_accepted() throws Exception {
    String text = KeyEncryptionKey.generate().text();

    assertThat(SecretsKeyFile.read(written(text, "r--------")).text()).isEqualTo(text);
  }

  @Test
  void a_missing_file_is_refused() {
    Path file = directory.resolve("none");

    assertThatThrownBy(() -> SecretsKeyFile.read(file))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("keelson.secrets.key-file (%s) does not exist: ".formatted(file));
  }

  @Test
  void a_directory_is_refused() {
    assertThatThrownBy(() -> SecretsKeyFile.read(directory))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("keelson.secrets.key-file (" + directory);
  }

  @Test
  void a_file_without_a_key_is_refused_by_name() throws Exception {
    Path file = written("", "rw-------");

    assertThatThrownBy(() -> SecretsKeyFile.read(file))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith(
            "keelson.secrets.key-file (%s) holds 0 bytes instead of 32".formatted(file));
  }

  @Test
  void a_file_that_cannot_be_written_is_refused() {
    Path file = directory.resolve("missing").resolve("secrets.key");

    assertThatThrownBy(() -> SecretsKeyFile.readOrGenerate(file))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void one_of_the_two_settings_configures_it() throws Exception {
    String text = KeyEncryptionKey.generate().text();
    Path file = written(text, "rw-------");

    assertThat(ConfiguredKey.read(file.toString(), null).text()).isEqualTo(text);
    assertThat(ConfiguredKey.read(" ", text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    ",,no key for secrets is configured: set keelson.secrets.key-file or KEELSON_SECRETS_KEY",
    "'','',no key for secrets is configured: set keelson.secrets.key-file or KEELSON_SECRETS_KEY",
    "x,y,keelson.secrets.key-file and KEELSON_SECRETS_KEY are both set: unset one of them"
  })
  @SuppressWarnings("NullAway") // JUnit passes null for an empty column
  void none_or_both_settings_are_refused(String file, String text, String message) {
    assertThatThrownBy(() -> ConfiguredKey.read(file, text))
        .isInstanceOf(StartRefused.class)
        .hasMessage(message);
  }

  private Path written(String text, String mode) throws Exception {
    Path file = Files.writeString(directory.resolve("written.key"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
