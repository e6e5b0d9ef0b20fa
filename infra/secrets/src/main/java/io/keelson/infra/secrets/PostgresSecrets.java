package io.keelson.infra.secrets;

import static org.springframework.transaction.TransactionDefinition.PROPAGATION_NOT_SUPPORTED;

import com.google.crypto.tink.Aead;
import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import io.keelson.commands.secret.SecretErased;
import io.keelson.commands.secret.SecretUnknown;
import io.keelson.commands.secret.SecretUnreadable;
import io.keelson.commands.secret.Secrets;
import io.keelson.infra.embedded.StartRefused;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Secrets in the schema {@code secrets}. Each statement commits at once, outside the transaction of
 * the caller and on another connection: a rolled back command must not take back a secret to which
 * a cached reference exists. A keyset is read for each call and never cached, so an erasure is
 * effective on all instances at once.
 */
public final class PostgresSecrets implements Secrets {

  /**
   * Only an erasure of the same subject between two statements makes a second attempt necessary.
   */
  private static final int MAX_ATTEMPTS = 5;

  private final SecretsTable table;
  private final KeysetCipher cipher;
  private final TransactionTemplate outside;
  private final RefCache recent = new RefCache();

  private PostgresSecrets(DataSource dataSource, KeyEncryptionKey key) {
    this.table = new SecretsTable(new JdbcTemplate(dataSource));
    this.cipher = new KeysetCipher(key);
    this.outside = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    this.outside.setPropagationBehavior(PROPAGATION_NOT_SUPPORTED);
  }

  /**
   * Opens the secrets of a migrated database.
   *
   * @param dataSource of connections that commit each statement. A caller with a transaction of the
   *     same pool holds two connections of it during a call
   * @throws StartRefused when the key is not the one of the database's first start
   */
  public static PostgresSecrets open(DataSource dataSource, KeyEncryptionKey key) {
    SecretsKeyCheck.run(dataSource, key);
    return new PostgresSecrets(dataSource, key);
  }

  @Override
  public SecretRef keep(SecretSubject subject, byte[] value) {
    SecretRef known = recent.get(subject, value);
    if (known != null) {
      return known;
    }
    SecretRef ref = outside.execute(_ -> store(subject, value));
    recent.put(subject, value, ref);
    return ref;
  }

  private SecretRef store(SecretSubject subject, byte[] value) {
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      Keyset keyset = keyset(subject);
      if (keyset == null) {
        continue;
      }
      try {
        SecretRef ref = cipher.ref(keyset, subject, value);
        byte[] ciphertext =
            KeysetCipher.encrypt(cipher.aead(keyset), ref.id(), subject.value(), value);
        if (table.insert(ref.id(), keyset, ciphertext)) {
          return ref;
        }
      } catch (GeneralSecurityException e) {
        throw new SecretUnreadable(subject, e);
      }
    }
    throw new ConcurrencyFailureException("the keys of " + subject + " are being erased");
  }

  /** The subject's keyset, made if necessary; null if it was deleted right after that. */
  private @Nullable Keyset keyset(SecretSubject subject) {
    Keyset existing = table.keyset(subject.value());
    if (existing != null) {
      return existing;
    }
    // Of all instances that do this at the same time, one inserts, and all read what it inserted.
    table.insert(cipher.generate(subject));
    return table.keyset(subject.value());
  }

  @Override
  public byte[] reveal(SecretRef ref) {
    byte[] value = revealAll(List.of(ref)).get(ref.id());
    if (value == null) {
      throw new SecretErased(ref);
    }
    return value;
  }

  @Override
  public Map<UUID, byte[]> revealAll(Collection<SecretRef> refs) {
    List<UUID> ids = refs.stream().map(SecretRef::id).toList();
    Map<UUID, StoredSecret> stored = outside.execute(_ -> table.secrets(ids));
    Map<UUID, Aead> opened = new HashMap<>();
    Map<UUID, byte[]> values = new HashMap<>();
    for (SecretRef ref : refs) {
      StoredSecret secret = stored.get(ref.id());
      if (secret == null) {
        throw new SecretUnknown(ref);
      }
      if (secret.keyset() != null) {
        values.put(ref.id(), decrypted(ref, secret, secret.keyset(), opened));
      }
    }
    return values;
  }

  /**
   * @param opened the primitives of this call by the ids of their keysets
   */
  private byte[] decrypted(
      SecretRef ref, StoredSecret secret, Keyset keyset, Map<UUID, Aead> opened) {
    try {
      Aead aead = opened.get(keyset.id());
      if (aead == null) {
        aead = cipher.aead(keyset);
        opened.put(keyset.id(), aead);
      }
      byte[] value = KeysetCipher.decrypt(aead, ref.id(), secret.subject(), secret.ciphertext());
      if (!ref.belongsTo(new SecretSubject(secret.subject()))) {
        throw new SecretUnreadable(ref);
      }
      return value;
    } catch (GeneralSecurityException e) {
      throw new SecretUnreadable(ref, e);
    }
  }

  @Override
  public void erase(SecretSubject subject) {
    outside.executeWithoutResult(_ -> table.deleteKeyset(subject.value()));
    recent.remove(subject);
  }
}
