package io.keelson.infra.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfConfig2026;
import com.google.crypto.tink.prf.PrfSet;
import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;

/**
 * Makes and uses the keys of subjects. Every ciphertext is bound to its place by associated data,
 * so that one which was moved to another row, column or subject cannot be decrypted.
 */
final class KeysetCipher {

  private static final int MAC_BYTES = 16;

  private final Aead keyEncryption;

  KeysetCipher(KeyEncryptionKey key) {
    this.keyEncryption = key.aead();
  }

  Keyset generate(SecretSubject subject) {
    UUID id = UUID.randomUUID();
    String name = subject.value();
    try {
      return new Keyset(
          id,
          name,
          wrapped(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get(), "aead", id, name),
          wrapped(PredefinedPrfParameters.HMAC_SHA256_PRF, PrfConfig2026.get(), "mac", id, name));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no keyset for " + subject + " can be generated", e);
    }
  }

  private byte[] wrapped(
      Parameters parameters, Configuration configuration, String column, UUID id, String subject)
      throws GeneralSecurityException {
    return TinkProtoKeysetFormat.serializeEncryptedKeyset(
        KeysetHandle.generateNew(parameters, configuration),
        keyEncryption,
        place(column, id, subject),
        configuration);
  }

  /** The reference to a value, under the subject's mac key. */
  SecretRef ref(Keyset keyset, SecretSubject subject, byte[] value)
      throws GeneralSecurityException {
    byte[] mac =
        TinkProtoKeysetFormat.parseEncryptedKeyset(
                keyset.mac(),
                keyEncryption,
                place("mac", keyset.id(), keyset.subject()),
                PrfConfig2026.get())
            .getPrimitive(PrfConfig2026.get(), PrfSet.class)
            .computePrimary(value, MAC_BYTES);
    return SecretRef.of(subject, Base64.getUrlEncoder().withoutPadding().encodeToString(mac));
  }

  /** The primitive that encrypts and decrypts the subject's values. */
  Aead aead(Keyset keyset) throws GeneralSecurityException {
    return TinkProtoKeysetFormat.parseEncryptedKeyset(
            keyset.aead(),
            keyEncryption,
            place("aead", keyset.id(), keyset.subject()),
            AeadConfig2026.get())
        .getPrimitive(AeadConfig2026.get(), Aead.class);
  }

  static byte[] encrypt(Aead aead, UUID secret, String subject, byte[] value)
      throws GeneralSecurityException {
    return aead.encrypt(value, place("secret", secret, subject));
  }

  static byte[] decrypt(Aead aead, UUID secret, String subject, byte[] ciphertext)
      throws GeneralSecurityException {
    return aead.decrypt(ciphertext, place("secret", secret, subject));
  }

  /** The parts before the subject have no slash and one length each, so no two places are equal. */
  private static byte[] place(String column, UUID id, String subject) {
    return "%s/%s/%s".formatted(column, id, subject).getBytes(UTF_8);
  }
}
