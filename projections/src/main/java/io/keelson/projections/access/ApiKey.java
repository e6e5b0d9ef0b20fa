package io.keelson.projections.access;

import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.access.AccessKey;
import io.keelson.commands.access.PermissionSet;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One key and its permissions.
 *
 * @param projects null: all of the organization
 * @param expiresAt null: never
 */
public record ApiKey(
    AccessKey accessKey,
    OrganizationId organization,
    String secretHash,
    String description,
    Set<PermissionSet> permissionSets,
    @Nullable Set<ProjectId> projects,
    @Nullable Instant expiresAt,
    boolean revoked) {

  public ApiKey {
    permissionSets = Set.copyOf(permissionSets);
    projects = projects == null ? null : Set.copyOf(projects);
  }
}
