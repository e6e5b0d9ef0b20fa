package io.keelson.projections.access;

import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.access.AccessEvent;
import io.keelson.commands.access.AccessEvent.ApiKeyIssued;
import io.keelson.commands.access.AccessEvent.ApiKeyRevoked;
import io.keelson.commands.access.AccessEvent.OrganizationOpened;
import io.keelson.projections.Delivery;
import io.keelson.projections.Row;
import org.jspecify.annotations.Nullable;

/**
 * One organization. Its version grows with every event of its access, so that a caller that waits
 * for any of these events can wait for this row.
 *
 * @param name null, like {@code defaultProject}, before the organization is opened
 */
record OrganizationRow(
    OrganizationId id, long version, @Nullable String name, @Nullable ProjectId defaultProject)
    implements Row<OrganizationId> {

  static OrganizationRow first(Delivery<? extends AccessEvent> d) {
    return new OrganizationRow(d.event().organization(), -1, null, null).after(d);
  }

  OrganizationRow after(Delivery<? extends AccessEvent> d) {
    if (d.version() <= version) {
      return this;
    }
    return switch (d.event()) {
      case OrganizationOpened e ->
          new OrganizationRow(id, d.version(), e.name(), e.defaultProject());
      case ApiKeyIssued _, ApiKeyRevoked _ ->
          new OrganizationRow(id, d.version(), name, defaultProject);
    };
  }
}
