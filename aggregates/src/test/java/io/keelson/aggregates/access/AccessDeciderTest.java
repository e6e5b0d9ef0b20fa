package io.keelson.aggregates.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.aggregates.access.AccessState.Absent;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.Id;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.SecretRef;
import io.keelson.commands.access.AccessCommand;
import io.keelson.commands.access.AccessCommand.IssueApiKey;
import io.keelson.commands.access.AccessCommand.OpenOrganization;
import io.keelson.commands.access.AccessCommand.RevokeApiKey;
import io.keelson.commands.access.AccessEvent;
import io.keelson.commands.access.AccessEvent.ApiKeyIssued;
import io.keelson.commands.access.AccessEvent.ApiKeyRevoked;
import io.keelson.commands.access.AccessEvent.OrganizationOpened;
import io.keelson.commands.access.AccessKey;
import io.keelson.commands.access.CallCommand;
import io.keelson.commands.access.CallCommand.RecordCallRefused;
import io.keelson.commands.access.CallCommand.RecordSecretRead;
import io.keelson.commands.access.CallEvent;
import io.keelson.commands.access.CallEvent.CallRefused;
import io.keelson.commands.access.CallEvent.SecretRead;
import io.keelson.commands.access.CallId;
import io.keelson.commands.access.PermissionSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AccessDeciderTest {

  private static final OrganizationId ORGANIZATION = new OrganizationId(Id.derived("test", "org"));
  private static final ProjectId PROJECT = new ProjectId(Id.derived("test", "org"));
  private static final AccessKey KEY = AccessKey.of("SCWAAAAAAAAAAAAAAAAA");
  private static final OpenOrganization OPEN =
      new OpenOrganization(ORGANIZATION, "default", PROJECT);
  private static final SecretRef CLIENT =
      new SecretRef(Id.derived("test", "client"), "22AAAAAAAAAAAAAAAAAAAA");
  private static final RevokeApiKey REVOKE = new RevokeApiKey(ORGANIZATION, KEY, "lost");

  private static IssueApiKey issue(String hash) {
    return new IssueApiKey(
        ORGANIZATION,
        KEY,
        hash,
        "first",
        Set.of(PermissionSet.OrganizationManager),
        null,
        null,
        "first start");
  }

  private static AccessState after(AccessCommand... commands) {
    AccessState state = new Absent();
    for (AccessCommand command : commands) {
      for (AccessEvent event : AccessDecider.decide(command, state)) {
        state = AccessDecider.evolve(state, event);
      }
    }
    return state;
  }

  @Test
  void an_organization_is_opened_once() {
    assertThat(AccessDecider.decide(OPEN, new Absent()))
        .containsExactly(new OrganizationOpened(ORGANIZATION, "default", PROJECT));
    assertThat(AccessDecider.decide(OPEN, after(OPEN))).isEmpty();
  }

  @Test
  void a_key_is_issued_once() {
    assertThat(AccessDecider.decide(issue("aa"), after(OPEN)))
        .singleElement()
        .isInstanceOf(ApiKeyIssued.class);
    assertThat(AccessDecider.decide(issue("aa"), after(OPEN, issue("aa")))).isEmpty();
    rejects(issue("bb"), after(OPEN, issue("aa")), Reason.INVALID);
    rejects(issue("bb"), after(OPEN, issue("aa"), REVOKE), Reason.INVALID);
  }

  @Test
  void a_key_is_revoked_once() {
    assertThat(AccessDecider.decide(REVOKE, after(OPEN, issue("aa"))))
        .containsExactly(new ApiKeyRevoked(ORGANIZATION, KEY, "lost"));
    assertThat(AccessDecider.decide(REVOKE, after(OPEN, issue("aa"), REVOKE))).isEmpty();
    rejects(REVOKE, after(OPEN), Reason.NOT_FOUND);
  }

  @Test
  void nothing_but_opening_can_happen_before_it_is_open() {
    rejects(issue("aa"), new Absent(), Reason.NOT_FOUND);
    rejects(REVOKE, new Absent(), Reason.NOT_FOUND);
  }

  private static void rejects(AccessCommand command, AccessState state, Reason reason) {
    assertThatThrownBy(() -> AccessDecider.decide(command, state))
        .isInstanceOfSatisfying(
            CommandRejected.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void a_call_is_kept_once() {
    CallId call = CallId.of(new UUID(1, 2));
    ClusterId cluster = new ClusterId(new UUID(3, 4));
    List<CallCommand> commands =
        List.of(
            new RecordCallRefused(call, ORGANIZATION, KEY, "CreateCluster", "write", null, CLIENT),
            new RecordSecretRead(call, ORGANIZATION, KEY, cluster, "kubeconfig", CLIENT));
    List<CallEvent> expected =
        List.of(
            new CallRefused(call, ORGANIZATION, KEY, "CreateCluster", "write", null, CLIENT),
            new SecretRead(call, ORGANIZATION, KEY, cluster, "kubeconfig", CLIENT));
    for (int i = 0; i < commands.size(); i++) {
      assertThat(CallDecider.decide(commands.get(i), new CallState.Absent()))
          .containsExactly(expected.get(i));
      CallState kept = CallDecider.evolve(new CallState.Absent(), expected.get(i));
      assertThat(CallDecider.decide(commands.get(i), kept)).isEmpty();
    }
  }
}
