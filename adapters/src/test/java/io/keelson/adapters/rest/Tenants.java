package io.keelson.adapters.rest;

import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.access.AccessKey;
import io.keelson.commands.access.PermissionSet;
import io.keelson.projections.access.ApiKey;
import io.keelson.projections.access.ApiKeys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Two organizations and their keys; a key's name in the tests is its secret's. */
public final class Tenants implements ApiKeys {
  public static final OrganizationId ORGANIZATION = organization("ours");
  public static final ProjectId PROJECT = project("ours");
  public static final OrganizationId OTHER_ORGANIZATION = organization("theirs");
  public static final ProjectId OTHER_PROJECT = project("theirs");

  /** Everything in the whole organization. */
  public static final String ADMIN = secret("admin");

  public static final String READER = secret("reader");
  public static final String MASTER = secret("master");
  public static final String AUDITOR = secret("auditor");
  public static final String NOTHING = secret("nothing");

  /** Everything, but only in a project that is not the default one. */
  public static final String SIBLING = secret("sibling");

  public static final String SIBLING_AUDITOR = secret("sibling's auditor");

  public static final ProjectId SIBLING_PROJECT = project("sibling");

  /** Everything in another organization. */
  public static final String STRANGER = secret("stranger");

  public static final String EXPIRED = secret("expired");
  public static final String REVOKED = secret("revoked");

  private final Map<String, ApiKey> keys = Collections.synchronizedMap(new LinkedHashMap<>());
  public @Nullable RuntimeException failure;

  Tenants(Instant now) {
    add(ADMIN, ORGANIZATION, null, null, false, PermissionSet.OrganizationManager);
    add(READER, ORGANIZATION, null, now.plusSeconds(3600), false, PermissionSet.KubernetesReadOnly);
    add(MASTER, ORGANIZATION, null, null, false, PermissionSet.KubernetesSystemMastersGroupAccess);
    add(NOTHING, ORGANIZATION, null, null, false);
    add(
        SIBLING,
        ORGANIZATION,
        Set.of(SIBLING_PROJECT),
        null,
        false,
        PermissionSet.KubernetesFullAccess);
    add(AUDITOR, ORGANIZATION, null, null, false, PermissionSet.AuditTrailReadOnly);
    add(
        SIBLING_AUDITOR,
        ORGANIZATION,
        Set.of(SIBLING_PROJECT),
        null,
        false,
        PermissionSet.AuditTrailReadOnly);
    add(STRANGER, OTHER_ORGANIZATION, null, null, false, PermissionSet.OrganizationManager);
    add(EXPIRED, ORGANIZATION, null, now, false, PermissionSet.OrganizationManager);
    add(REVOKED, ORGANIZATION, null, null, true, PermissionSet.OrganizationManager);
  }

  /** Ends a key, until it is restored. */
  public void revoke(String secret) {
    change(secret, true);
  }

  public void restore(String secret) {
    change(secret, false);
  }

  private void change(String secret, boolean revoked) {
    keys.computeIfPresent(
        hash(secret),
        (_, key) ->
            new ApiKey(
                key.accessKey(),
                key.organization(),
                key.secretHash(),
                key.description(),
                key.permissionSets(),
                key.projects(),
                key.expiresAt(),
                revoked));
  }

  public AccessKey accessKey(String secret) {
    return bySecretHash(hash(secret)).orElseThrow().accessKey();
  }

  @Override
  public Optional<ApiKey> bySecretHash(String secretHash) {
    if (failure != null) {
      throw failure;
    }
    return Optional.ofNullable(keys.get(secretHash));
  }

  @Override
  public Optional<ApiKey> byAccessKey(AccessKey accessKey) {
    return keys.values().stream().filter(key -> key.accessKey().equals(accessKey)).findFirst();
  }

  @Override
  public Optional<ProjectId> defaultProject(OrganizationId organization) {
    return Optional.of(organization.equals(ORGANIZATION) ? PROJECT : OTHER_PROJECT);
  }

  private void add(
      String secret,
      OrganizationId organization,
      @Nullable Set<ProjectId> projects,
      @Nullable Instant expiresAt,
      boolean revoked,
      PermissionSet... permissions) {
    String hash = hash(secret);
    AccessKey accessKey = AccessKey.of("SCWTEST" + String.format("%013d", keys.size()));
    keys.put(
        hash,
        new ApiKey(
            accessKey, organization, hash, "", Set.of(permissions), projects, expiresAt, revoked));
  }

  private static String hash(String secret) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(secret.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String secret(String name) {
    return UUID.nameUUIDFromBytes(("secret " + name).getBytes(StandardCharsets.US_ASCII))
        .toString();
  }

  private static OrganizationId organization(String name) {
    return OrganizationId.of(secret("organization " + name));
  }

  private static ProjectId project(String name) {
    return ProjectId.of(secret("project " + name));
  }
}
