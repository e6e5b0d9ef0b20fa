package io.keelson.commands;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/**
 * What the provider does to a running cluster in one call. An action has no documents and no state
 * of its own, and ends as soon as the provider has accepted the call. Its name must never change.
 */
public enum ClusterAction {
  /** Replaces the administrator's credential; the old one becomes void. */
  RESET_ADMIN_TOKEN("reset-admin-token");

  private final String text;

  ClusterAction(String text) {
    this.text = text;
  }

  @JsonCreator
  static ClusterAction named(String text) {
    return Arrays.stream(values())
        .filter(action -> action.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no action on a cluster: " + text));
  }

  @Override
  @JsonValue
  public String toString() {
    return text;
  }
}
