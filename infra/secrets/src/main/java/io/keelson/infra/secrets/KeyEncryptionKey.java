package io.keelson.infra.secrets;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import io.keelson.infra.embedded.StartRefused;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * The AES-256 key that encrypts the keys of all subjects. It is written to nothing but the private
 * file of a generated key, and it never appears in a message.
 */
public final class KeyEncryptionKey {

  static final int BYTES = 32;
  static final String ADVICE =
      "set it to 32 random bytes in base64, as printed by `openssl rand -base64 32`";

  private final SecretBytes bytes;
  private final String setting;

  private KeyEncryptionKey(SecretBytes bytes, String setting) {
    this.bytes = bytes;
    this.setting = setting;
  }

  public static KeyEncryptionKey generate() {
    return new KeyEncryptionKey(SecretBytes.randomBytes(BYTES), "the generated key");
  }

  /**
   * Reads a key.
   *
   * @param text base64 of 32 bytes; whitespace at both ends is ignored
   * @param setting where the text comes from, for messages
   * @throws StartRefused when the text is anything else
   */
  public static KeyEncryptionKey parse(String text, String setting) {
    byte[] bytes = decode(text.strip(), setting);
    if (bytes.length != BYTES) {
      throw new StartRefused(
          "%s holds %d bytes instead of %d: %s".formatted(setting, bytes.length, BYTES, ADVICE));
    }
    return new KeyEncryptionKey(
        SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()), setting);
  }

  private static byte[] decode(String text, String setting) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      // Without the cause: its message quotes a character of the text.
      throw new StartRefused("%s is not base64: %s".formatted(setting, ADVICE));
    }
  }

  /** The form that {@link #parse} reads. */
  String text() {
    return Base64.getEncoder().encodeToString(bytes.toByteArray(InsecureSecretKeyAccess.get()));
  }

  /** Where the key comes from, for messages. */
  String setting() {
    return setting;
  }

  @AccessesPartialKey // makes a Tink key of the configured bytes
  Aead aead() {
    try {
      AesGcmKey key =
          AesGcmKey.builder()
              .setParameters(
                  AesGcmParameters.builder()
                      .setKeySizeBytes(BYTES)
                      .setIvSizeBytes(12)
                      .setTagSizeBytes(16)
                      .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                      .build())
              .setKeyBytes(bytes)
              .build();
      return KeysetHandle.newBuilder()
          .setConfiguration(AeadConfig2026.get())
          .addEntry(KeysetHandle.importKey(key).withFixedId(1).makePrimary())
          .build()
          .getPrimitive(AeadConfig2026.get(), Aead.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no AES-256-GCM", e);
    }
  }

  @Override
  public String toString() {
    return "KeyEncryptionKey[" + setting + "]";
  }
}
