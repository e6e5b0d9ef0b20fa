package io.keelson.commands.secret;

import io.keelson.commands.SecretRef;

/**
 * The subject's keys have been deleted since the secret was stored, so that nobody can read it any
 * more. This is the expected end of a secret and not a fault.
 */
public final class SecretErased extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public SecretErased(SecretRef ref) {
    super("the secret %s has been erased".formatted(ref.id()));
  }
}
