package io.keelson.adapters.rest.history;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.commands.access.PermissionSet.Permission;
import io.keelson.projections.log.History.Event;

/**
 * Who sees which of an organization's own events. What callers were refused or read, and which keys
 * there are, is for auditors: whoever may only read clusters would learn of all other callers.
 */
final class EventVisibility {

  private EventVisibility() {}

  static boolean of(Event event, Caller caller) {
    String type = event.entry().type();
    boolean ofCallers = type.startsWith("call.") || type.startsWith("access.");
    return !ofCallers || caller.may(Permission.AUDIT);
  }
}
