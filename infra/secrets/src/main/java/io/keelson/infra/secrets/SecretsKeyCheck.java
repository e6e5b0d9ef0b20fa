package io.keelson.infra.secrets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.keelson.infra.embedded.StartRefused;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Compares the key-encryption key with the one of the database's first start, by a known text that
 * is stored encrypted. A wrong key must stop the start: it could only add keysets that the right
 * key cannot decrypt.
 */
final class SecretsKeyCheck {

  private static final byte[] TEXT = "keelson".getBytes(US_ASCII);
  private static final byte[] PURPOSE = "key-check".getBytes(US_ASCII);

  private static final String INSERT =
      "insert into secrets.key_check (ciphertext) values (?) on conflict do nothing";
  private static final String SELECT = "select ciphertext from secrets.key_check";

  private SecretsKeyCheck() {}

  /**
   * The first key that a database sees is the right one from then on.
   *
   * @throws StartRefused when the key is another one
   */
  static void run(DataSource dataSource, KeyEncryptionKey key) {
    JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    jdbc.update(INSERT, encrypted(key));
    byte[] stored = Objects.requireNonNull(jdbc.queryForObject(SELECT, byte[].class));
    if (!isEncryptedUnder(key, stored)) {
      throw new StartRefused(
          "%s holds another key than the one that encrypts the secrets of this database: set it to the key of the first start"
              .formatted(key.setting()));
    }
  }

  private static byte[] encrypted(KeyEncryptionKey key) {
    try {
      return key.aead().encrypt(TEXT, PURPOSE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key check cannot be encrypted", e);
    }
  }

  private static boolean isEncryptedUnder(KeyEncryptionKey key, byte[] stored) {
    try {
      return Arrays.equals(TEXT, key.aead().decrypt(stored, PURPOSE));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
