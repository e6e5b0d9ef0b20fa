package io.keelson.adapters.rest.pool;

import java.util.regex.Pattern;

/** The syntax of Kubernetes labels and taints. */
public final class KubernetesSyntax {
  static final String NAME_HELP =
      "must be a qualified name: at most 63 letters, digits, '-', '_' or '.', which begins and ends"
          + " with a letter or digit, perhaps after a DNS subdomain and '/'";
  static final String VALUE_HELP =
      "must be at most 63 letters, digits, '-', '_' or '.', and begin and end with a letter or"
          + " digit";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*");

  private KubernetesSyntax() {}

  /** {@code name} or {@code sub.domain/name}. */
  static boolean isQualifiedName(String text) {
    int slash = text.indexOf('/');
    String prefix = slash < 0 ? "" : text.substring(0, slash);
    boolean prefixed = slash < 0 || (prefix.length() <= 253 && SUBDOMAIN.matcher(prefix).matches());
    return prefixed && isName(text.substring(slash + 1));
  }

  /** A label's or a taint's value; it may be empty. */
  public static boolean isValue(String text) {
    return text.isEmpty() || isName(text);
  }

  private static boolean isName(String text) {
    return text.length() <= 63 && NAME.matcher(text).matches();
  }
}
