package io.keelson.commands.secret;

import io.keelson.commands.SecretRef;

/** No secret is stored under this reference. An erased secret is never reported as unknown. */
public final class SecretUnknown extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public SecretUnknown(SecretRef ref) {
    super("the secret %s is unknown".formatted(ref.id()));
  }
}
