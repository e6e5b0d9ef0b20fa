package io.keelson.commands.access;

import io.keelson.commands.DomainEvent;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has happened to an organization's access. */
public sealed interface AccessEvent extends DomainEvent {

  OrganizationId organization();

  @Override
  default OrganizationId stream() {
    return organization();
  }

  record OrganizationOpened(OrganizationId organization, String name, ProjectId defaultProject)
      implements AccessEvent {}

  /** Internal: it carries the hash of a key. */
  record ApiKeyIssued(
      OrganizationId organization,
      AccessKey accessKey,
      String secretHash,
      String description,
      Set<PermissionSet> permissionSets,
      @Nullable Set<ProjectId> projects,
      @Nullable Instant expiresAt,
      String reason)
      implements AccessEvent {

    public ApiKeyIssued {
      permissionSets = Set.copyOf(permissionSets);
      projects = projects == null ? null : Set.copyOf(projects);
    }
  }

  record ApiKeyRevoked(OrganizationId organization, AccessKey accessKey, String reason)
      implements AccessEvent {}
}
