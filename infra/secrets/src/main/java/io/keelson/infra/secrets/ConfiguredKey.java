package io.keelson.infra.secrets;

import io.keelson.infra.embedded.StartRefused;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the key-encryption key in the settings. Exactly one of the two may name it. */
public final class ConfiguredKey {

  public static final String VARIABLE = "KEELSON_SECRETS_KEY";

  private ConfiguredKey() {}

  /**
   * Reads the key that is configured.
   *
   * @param file the value of {@code keelson.secrets.key-file}; null or blank if it is not set
   * @param text the value of {@code KEELSON_SECRETS_KEY}; null or blank if it is not set
   * @throws StartRefused when none or both are set, or when the one that is set holds no key
   */
  public static KeyEncryptionKey read(@Nullable String file, @Nullable String text) {
    boolean hasFile = file != null && !file.isBlank();
    boolean hasText = text != null && !text.isBlank();
    if (hasFile && hasText) {
      throw new StartRefused(
          "%s and %s are both set: unset one of them".formatted(SecretsKeyFile.SETTING, VARIABLE));
    }
    if (file != null && hasFile) {
      return SecretsKeyFile.read(Path.of(file.strip()));
    }
    if (text != null && hasText) {
      return KeyEncryptionKey.parse(text, VARIABLE);
    }
    throw new StartRefused(
        "no key for secrets is configured: set %s or %s"
            .formatted(SecretsKeyFile.SETTING, VARIABLE));
  }
}
