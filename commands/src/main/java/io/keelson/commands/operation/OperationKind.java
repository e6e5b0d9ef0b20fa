package io.keelson.commands.operation;

import com.fasterxml.jackson.annotation.JsonValue;
import io.keelson.commands.ClusterAction;
import java.util.Locale;

/** What a run is for. */
public enum OperationKind {
  CREATE,
  UPDATE,
  SCALE,
  UPGRADE,
  SET_TYPE,
  REPLACE_NODE,
  REBOOT_NODE,
  RESET_ADMIN_TOKEN,
  DELETE;

  /** The kind of the runs for an action. */
  public static OperationKind of(ClusterAction action) {
    return switch (action) {
      case RESET_ADMIN_TOKEN -> RESET_ADMIN_TOKEN;
    };
  }

  @Override
  @JsonValue
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
