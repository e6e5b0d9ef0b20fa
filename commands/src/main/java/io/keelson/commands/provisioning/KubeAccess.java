package io.keelson.commands.provisioning;

/**
 * A credential for one cluster's API server. Never stored and never logged by Keelson.
 *
 * @param certificateAuthority PEM
 * @param token 56 characters
 */
public record KubeAccess(String certificateAuthority, String token) {

  @Override
  public String toString() {
    return "KubeAccess[…]";
  }
}
