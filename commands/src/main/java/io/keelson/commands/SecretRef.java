package io.keelson.commands;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What an event carries in place of a secret. Two references of one subject are equal exactly if
 * their values are equal, until the subject is erased. It never reveals anything about the value to
 * a reader without the subject's keys.
 *
 * @param id derived from the subject and the mac
 * @param mac hash of the value, keyed with a key of the subject: 128 bits, base64url without
 *     padding (22 characters)
 */
public record SecretRef(UUID id, String mac) {

  private static final Pattern MAC = Pattern.compile("[A-Za-z0-9_-]{21}[AQgw]");

  /**
   * Checks the form of the mac.
   *
   * @throws IllegalArgumentException when the mac is not 128 bits in base64url
   */
  public SecretRef {
    if (!MAC.matcher(mac).matches()) {
      throw new IllegalArgumentException(
          "the mac of secret " + id + " is not 128 bits in base64url");
    }
  }

  /** The reference to the value of a subject that has this mac. */
  public static SecretRef of(SecretSubject subject, String mac) {
    return new SecretRef(Id.derived("secret", subject.value(), mac), mac);
  }

  /** Whether the id is the one that follows from the subject and the mac. */
  public boolean belongsTo(SecretSubject subject) {
    return equals(of(subject, mac));
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException when the text has another form
   */
  public static SecretRef parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("not a reference to a secret: " + text);
    }
    return new SecretRef(Id.parse(text.substring(0, colon)), text.substring(colon + 1));
  }

  /** {@code <id>:<mac>}. */
  @Override
  public String toString() {
    return id + ":" + mac;
  }
}
