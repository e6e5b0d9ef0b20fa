package io.keelson.commands.secret;

import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/**
 * Keeps secrets outside the event log, encrypted under keys of their subject. A value is stored
 * before an event names it, and stays stored if that event is never appended. An implementation
 * must never write a value or a key to a log, an exception or a text form.
 */
public interface Secrets {

  /**
   * Stores a value. The same value of the same subject gives the same reference until the subject
   * is erased, and is stored once.
   *
   * @throws SecretUnreadable when the subject's keys cannot be decrypted
   */
  SecretRef keep(SecretSubject subject, byte[] value);

  /**
   * The value.
   *
   * @throws SecretErased when the subject has been erased since the value was stored
   * @throws SecretUnreadable when the stored bytes are not what was stored under this reference
   * @throws SecretUnknown when nothing was ever stored under this reference
   */
  byte[] reveal(SecretRef ref);

  /**
   * The values by the ids of their references, in one query. Erased ones are absent.
   *
   * @throws SecretUnreadable as {@link #reveal}, for the first such reference
   * @throws SecretUnknown as {@link #reveal}, for the first such reference
   */
  Map<UUID, byte[]> revealAll(Collection<SecretRef> refs);

  /**
   * Deletes the subject's keys, which makes all its values unreadable for good. A subject without
   * keys is left as it is. A later {@link #keep} makes new keys.
   */
  void erase(SecretSubject subject);
}
