package io.keelson.commands;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Whom or what a secret is about. All secrets of a subject are encrypted under its own keys and are
 * erased together.
 *
 * @param value {@code cluster:<uuid>}, {@code organization:<uuid>} or {@code principal:<id>}; an id
 *     of a principal has 1 to 200 printable ASCII characters, without spaces
 */
public record SecretSubject(@JsonValue String value) {

  private static final String CLUSTER = "cluster:";
  private static final String ORGANIZATION = "organization:";
  private static final String PRINCIPAL = "principal:";
  private static final Pattern FORM =
      Pattern.compile(
          "(cluster|organization):[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
              + "|principal:[!-~]{1,200}");

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException when the text has another form
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SecretSubject {
    if (!FORM.matcher(value).matches()) {
      // Without the text: it may be a name that was taken for an id.
      throw new IllegalArgumentException("not the form of a subject of secrets");
    }
  }

  public static SecretSubject cluster(ClusterId id) {
    return new SecretSubject(CLUSTER + id);
  }

  public static SecretSubject organization(OrganizationId id) {
    return new SecretSubject(ORGANIZATION + id);
  }

  /**
   * A person or a program that calls the API.
   *
   * @param id opaque: neither a name nor an address
   */
  public static SecretSubject principal(String id) {
    return new SecretSubject(PRINCIPAL + id);
  }

  public boolean isPrincipal() {
    return value.startsWith(PRINCIPAL);
  }

  @Override
  public String toString() {
    return value;
  }
}
