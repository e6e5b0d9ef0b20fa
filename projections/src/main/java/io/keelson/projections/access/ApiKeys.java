package io.keelson.projections.access;

import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.access.AccessKey;
import java.util.Optional;

/** The read API of keys and organizations. */
public interface ApiKeys {

  /** By the lower-case hex SHA-256 of a secret; revoked and expired keys included. */
  Optional<ApiKey> bySecretHash(String secretHash);

  Optional<ApiKey> byAccessKey(AccessKey accessKey);

  /** The project of a request that names none. */
  Optional<ProjectId> defaultProject(OrganizationId organization);
}
