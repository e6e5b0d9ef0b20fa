package io.keelson.commands.operation;

import com.fasterxml.jackson.annotation.JsonValue;
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

  @Override
  @JsonValue
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
