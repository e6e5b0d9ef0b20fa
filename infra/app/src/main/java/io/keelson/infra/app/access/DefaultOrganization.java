package io.keelson.infra.app.access;

import io.keelson.commands.Id;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;

/** The organization that every installation has. Its ids are the same in all installations. */
final class DefaultOrganization {

  static final OrganizationId ID =
      new OrganizationId(Id.derived("keelson", "default organization"));

  /** The first project of an organization has the organization's id. */
  static final ProjectId PROJECT = new ProjectId(ID.value());

  private DefaultOrganization() {}
}
