package io.keelson.commands.access;

import io.keelson.commands.Command;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be requested of an organization's access. */
public sealed interface AccessCommand extends Command {

  OrganizationId organization();

  @Override
  default OrganizationId stream() {
    return organization();
  }

  /** Opens an organization with its default project; the same again changes nothing. */
  record OpenOrganization(OrganizationId organization, String name, ProjectId defaultProject)
      implements AccessCommand {}

  /**
   * Makes a key known.
   *
   * @param secretHash lower-case hex SHA-256 of the secret, which itself is never kept
   * @param projects the projects it is good for; null: all of the organization
   * @param reason why it was made, for auditors
   */
  record IssueApiKey(
      OrganizationId organization,
      AccessKey accessKey,
      String secretHash,
      String description,
      Set<PermissionSet> permissionSets,
      @Nullable Set<ProjectId> projects,
      @Nullable Instant expiresAt,
      String reason)
      implements AccessCommand {

    public IssueApiKey {
      permissionSets = Set.copyOf(permissionSets);
      projects = projects == null ? null : Set.copyOf(projects);
    }
  }

  /** Ends a key; ending it again changes nothing. */
  record RevokeApiKey(OrganizationId organization, AccessKey accessKey, String reason)
      implements AccessCommand {}
}
