package io.keelson.projections.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.access.AccessEvent;
import io.keelson.commands.access.AccessEvent.ApiKeyIssued;
import io.keelson.commands.access.AccessEvent.ApiKeyRevoked;
import io.keelson.commands.access.AccessEvent.OrganizationOpened;
import io.keelson.commands.access.AccessKey;
import io.keelson.commands.access.PermissionSet;
import io.keelson.infra.testing.TestPostgres;
import io.keelson.projections.Processor;
import io.keelson.projections.status.StatusTables;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiKeysProjectionTest {

  private static final DataSource DATABASE = TestPostgres.database("readmodel");
  private static final Instant NOW = Instant.parse("2026-07-03T09:13:59.300254Z");
  private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(1, 1));
  private static final ProjectId PROJECT = new ProjectId(new UUID(2, 1));
  private static final AccessKey KEY = new AccessKey("SCW00000000000000001");
  private static final AccessKey OTHER_KEY = new AccessKey("SCW00000000000000002");

  private final AccessTables tables = new AccessTables(DATABASE);
  private final Processor processor = new Processor(new ApiKeysProjection(tables), DATABASE);

  private static final List<DomainEventMessage<?>> LIFE =
      List.of(
          message(0, new OrganizationOpened(ORGANIZATION, "first", PROJECT)),
          message(1, issued(KEY, "aa", null, null)),
          message(2, issued(OTHER_KEY, "bb", Set.of(PROJECT), NOW)),
          message(3, new ApiKeyRevoked(ORGANIZATION, KEY, "lost")));

  @BeforeEach
  void empty() {
    processor.reset();
  }

  @Test
  void finds_keys_by_hash_and_by_access_key() {
    processor.deliver(LIFE.subList(0, 3));

    assertThat(tables.bySecretHash("aa")).contains(key(KEY, "aa", null, null, false));
    assertThat(tables.byAccessKey(OTHER_KEY))
        .contains(key(OTHER_KEY, "bb", Set.of(PROJECT), NOW, false));
    assertThat(tables.bySecretHash("cc")).isEmpty();
    assertThat(tables.byAccessKey(new AccessKey("SCW00000000000000003"))).isEmpty();
  }

  @Test
  void keeps_a_revoked_key_as_revoked_whatever_comes_again() {
    processor.deliver(LIFE);
    processor.deliver(LIFE.subList(1, 2));
    processor.deliver(List.of(message(4, issued(KEY, "zz", null, null))));

    assertThat(tables.bySecretHash("aa")).contains(key(KEY, "aa", null, null, true));
    assertThat(tables.bySecretHash("bb").orElseThrow().revoked()).isFalse();
  }

  @Test
  void keeps_each_effect_once_when_it_is_killed_before_the_commit() {
    processor.deliver(LIFE.subList(0, 2));
    processor.deliverAndDie(LIFE.subList(2, 4));
    assertThat(tables.bySecretHash("aa").orElseThrow().revoked()).isFalse();
    assertThat(tables.bySecretHash("bb")).isEmpty();

    processor.deliver(LIFE);
    assertThat(tables.bySecretHash("aa").orElseThrow().revoked()).isTrue();
    assertThat(tables.bySecretHash("bb")).isPresent();
  }

  @Test
  void knows_the_default_project_of_an_organization() {
    processor.deliver(LIFE);

    assertThat(tables.defaultProject(ORGANIZATION)).contains(PROJECT);
    assertThat(tables.defaultProject(new OrganizationId(new UUID(1, 2)))).isEmpty();
  }

  @Test
  void lets_a_caller_wait_for_any_event_of_an_organization() {
    StatusTables statuses = new StatusTables(DATABASE);
    processor.deliver(List.of(LIFE.get(1)));
    assertThat(tables.defaultProject(ORGANIZATION)).isEmpty();
    assertThat(statuses.await(ORGANIZATION, 1, Duration.ZERO)).isTrue();
    assertThat(statuses.await(ORGANIZATION, 2, Duration.ZERO)).isFalse();
  }

  @Test
  void is_empty_after_a_reset_and_the_same_after_a_replay() {
    processor.deliver(LIFE);
    processor.reset();
    assertThat(tables.bySecretHash("aa")).isEmpty();
    assertThat(tables.defaultProject(ORGANIZATION)).isEmpty();

    LIFE.forEach(message -> processor.deliver(List.of(message)));
    assertThat(tables.bySecretHash("aa")).contains(key(KEY, "aa", null, null, true));
    assertThat(tables.defaultProject(ORGANIZATION)).contains(PROJECT);
  }

  private static DomainEventMessage<?> message(long version, AccessEvent event) {
    return Processor.message(event, version, NOW, Map.of());
  }

  private static ApiKeyIssued issued(
      AccessKey key, String hash, @Nullable Set<ProjectId> projects, @Nullable Instant expiresAt) {
    return new ApiKeyIssued(
        ORGANIZATION,
        key,
        hash,
        "of a test",
        Set.of(PermissionSet.KubernetesFullAccess, PermissionSet.OrganizationManager),
        projects,
        expiresAt,
        "because");
  }

  private static ApiKey key(
      AccessKey key,
      String hash,
      @Nullable Set<ProjectId> projects,
      @Nullable Instant expiresAt,
      boolean revoked) {
    return new ApiKey(
        key,
        ORGANIZATION,
        hash,
        "of a test",
        Set.of(PermissionSet.KubernetesFullAccess, PermissionSet.OrganizationManager),
        projects,
        expiresAt,
        revoked);
  }
}
