package io.keelson.infra.app.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keelson.commands.access.AccessKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;

/** Both halves of an API key. Its text form contains only the public one. */
record KeyPair(AccessKey accessKey, UUID secret) {

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final int RANDOM_CHARACTERS = 17;

  static KeyPair random() {
    StringBuilder text = new StringBuilder("SCW");
    new SecureRandom()
        .ints(RANDOM_CHARACTERS, 0, ALPHABET.length())
        .forEach(i -> text.append(ALPHABET.charAt(i)));
    return new KeyPair(new AccessKey(text.toString()), UUID.randomUUID());
  }

  /** The SHA-256 of the secret in lower-case hex: the only form that may be stored. */
  String secretHash() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.toString().getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return accessKey.toString();
  }
}
