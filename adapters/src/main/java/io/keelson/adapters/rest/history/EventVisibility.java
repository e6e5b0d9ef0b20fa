package io.keelson.adapters.rest.history;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.commands.access.PermissionSet.Permission;
import io.keelson.projections.log.History.Event;

/**
 * Which events of an organization a caller may see. Events about calls and keys are visible to
 * auditors only, because they name all other callers.
 */
final class EventVisibility {

  private EventVisibility() {}

  static boolean of(Event event, Caller caller) {
    String type = event.entry().type();
    boolean ofCallers = type.startsWith("call.") || type.startsWith("access.");
    return !ofCallers || caller.may(Permission.AUDIT);
  }
}
