package io.keelson.commands.secret;

import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;

/**
 * The stored bytes cannot be decrypted as what they claim to be: they were changed or moved, or the
 * key-encryption key is another one. The message names the reference or the subject, never the
 * value.
 */
public final class SecretUnreadable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public SecretUnreadable(SecretRef ref, Throwable cause) {
    super("the secret %s cannot be decrypted".formatted(ref.id()), cause);
  }

  public SecretUnreadable(SecretRef ref) {
    super("the secret %s is not the one that was stored under this reference".formatted(ref.id()));
  }

  public SecretUnreadable(SecretSubject subject, Throwable cause) {
    super("the keys of %s cannot be decrypted".formatted(subject), cause);
  }
}
