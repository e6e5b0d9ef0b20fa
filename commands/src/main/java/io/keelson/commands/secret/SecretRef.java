package io.keelson.commands.secret;

import java.util.UUID;

/** Placeholder until the branch of secrets is merged. */
public record SecretRef(UUID id, String mac) {
  public static SecretRef parse(String text) {
    int colon = text.indexOf(':');
    return new SecretRef(UUID.fromString(text.substring(0, colon)), text.substring(colon + 1));
  }

  @Override
  public String toString() {
    return id + ":" + mac;
  }
}
