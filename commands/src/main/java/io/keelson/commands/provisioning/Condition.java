package io.keelson.commands.provisioning;

/**
 * A Kubernetes condition.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 */
public record Condition(String type, String status, String reason, String message) {

  public boolean isTrue() {
    return status.equals("True");
  }
}
