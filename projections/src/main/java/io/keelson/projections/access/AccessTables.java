package io.keelson.projections.access;

import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.access.AccessKey;
import io.keelson.projections.Rows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The SQL of {@code readmodel.organization} and {@code readmodel.api_key}: read by callers, written
 * only by the projection.
 */
public final class AccessTables implements ApiKeys {

  final Rows<OrganizationId, OrganizationRow> organizations;
  final Rows<AccessKey, ApiKeyRow> keys;

  public AccessTables(DataSource database) {
    organizations = new Rows<>(database, "readmodel.organization", OrganizationRow.class);
    keys = new Rows<>(database, "readmodel.api_key", ApiKeyRow.class);
  }

  @Override
  public Optional<ApiKey> bySecretHash(String secretHash) {
    return keys
        .select(
            "select data from readmodel.api_key where secret_hash = :hash order by id limit 1",
            Map.of("hash", secretHash))
        .stream()
        .findFirst()
        .map(ApiKeyRow::key);
  }

  @Override
  public Optional<ApiKey> byAccessKey(AccessKey accessKey) {
    return Optional.ofNullable(keys.load(List.of(accessKey)).get(accessKey)).map(ApiKeyRow::key);
  }

  @Override
  public Optional<ProjectId> defaultProject(OrganizationId organization) {
    return Optional.ofNullable(organizations.load(List.of(organization)).get(organization))
        .map(OrganizationRow::defaultProject);
  }
}
