package io.keelson.infra.app.program;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A value that must not be stored or shown, and the forms in which it could be: as it is, escaped
 * in JSON once or twice, in a URL, in hex, and inside base64.
 *
 * @param name what was planted, for messages; it must not contain the value
 * @param guessable whether the hashes that anybody can compute are forms of it, too: they confirm a
 *     guess, and survive an erasure
 */
record PlantedValue(String name, String value, boolean guessable) {

  /** A value that people choose. */
  static PlantedValue guessable(String name, String value) {
    return new PlantedValue(name, value, true);
  }

  /** A value with so much randomness that its hash may be stored. */
  static PlantedValue random(String name, String value) {
    return new PlantedValue(name, value, false);
  }

  /** The forms by their names, the value as it is first. Some may be equal. */
  Map<String, byte[]> forms() {
    Map<String, byte[]> forms = new LinkedHashMap<>();
    byte[] bytes = value.getBytes(UTF_8);
    forms.put("raw", bytes);
    forms.put("JSON", json(value).getBytes(UTF_8));
    forms.put("JSON in JSON", json(json(value)).getBytes(UTF_8));
    forms.put("URL", URLEncoder.encode(value, UTF_8).getBytes(UTF_8));
    forms.put("hex", HexFormat.of().formatHex(bytes).getBytes(ISO_8859_1));
    forms.put("HEX", HexFormat.of().withUpperCase().formatHex(bytes).getBytes(ISO_8859_1));
    for (int before = 0; before < 3; before++) {
      forms.put("base64 after " + before, base64(Base64.getEncoder(), bytes, before));
      forms.put("base64url after " + before, base64(Base64.getUrlEncoder(), bytes, before));
    }
    if (guessable) {
      addHash("hash", bytes, forms);
      addHash("hash of base64", Base64.getEncoder().encode(bytes), forms);
    }
    return forms;
  }

  private static void addHash(String name, byte[] bytes, Map<String, byte[]> forms) {
    byte[] hash = sha256(bytes);
    forms.put(name, hash);
    forms.put(name + " in hex", HexFormat.of().formatHex(hash).getBytes(ISO_8859_1));
    forms.put(name + " in base64", base64(Base64.getEncoder(), hash, 0));
    forms.put(name + " in base64url", base64(Base64.getUrlEncoder(), hash, 0));
  }

  private static String json(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** The characters that depend on these bytes alone, when other bytes precede and follow them. */
  private static byte[] base64(Base64.Encoder encoder, byte[] bytes, int before) {
    byte[] padded = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, padded, before, bytes.length);
    byte[] encoded = encoder.withoutPadding().encode(padded);
    int from = before == 0 ? 0 : before + 1;
    int to = padded.length % 3 == 0 ? encoded.length : encoded.length - 1;
    return Arrays.copyOfRange(encoded, from, to);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Without the value, so that a failed test does not print it. */
  @Override
  public String toString() {
    return name;
  }
}
