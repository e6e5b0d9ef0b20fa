package io.keelson.aggregates.access;

import static io.keelson.commands.CommandRejected.Reason.INVALID;
import static io.keelson.commands.CommandRejected.Reason.NOT_FOUND;

import io.keelson.aggregates.access.AccessState.Absent;
import io.keelson.aggregates.access.AccessState.Open;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.access.AccessCommand;
import io.keelson.commands.access.AccessCommand.IssueApiKey;
import io.keelson.commands.access.AccessCommand.OpenOrganization;
import io.keelson.commands.access.AccessCommand.RevokeApiKey;
import io.keelson.commands.access.AccessEvent;
import io.keelson.commands.access.AccessEvent.ApiKeyIssued;
import io.keelson.commands.access.AccessEvent.ApiKeyRevoked;
import io.keelson.commands.access.AccessEvent.OrganizationOpened;
import io.keelson.commands.access.AccessKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What may happen to an organization's access. An access key is issued once and never reused. */
public final class AccessDecider {

  private AccessDecider() {}

  public static List<AccessEvent> decide(AccessCommand command, AccessState state) {
    return switch (command) {
      case OpenOrganization c ->
          switch (state) {
            case Absent _ ->
                List.of(new OrganizationOpened(c.organization(), c.name(), c.defaultProject()));
            case Open _ -> List.of();
          };
      case IssueApiKey c -> issue(c, open(c, state));
      case RevokeApiKey c -> revoke(c, open(c, state));
    };
  }

  private static List<AccessEvent> issue(IssueApiKey c, Open open) {
    ApiKeyIssued issued =
        new ApiKeyIssued(
            c.organization(),
            c.accessKey(),
            c.secretHash(),
            c.description(),
            c.permissionSets(),
            c.projects(),
            c.expiresAt(),
            c.reason());
    ApiKeyIssued before = open.keys().get(c.accessKey());
    if (before == null) {
      return List.of(issued);
    }
    if (before.equals(issued)) {
      return List.of(); // delivered twice
    }
    throw new CommandRejected(INVALID, c.accessKey() + " was issued already", "access_key");
  }

  private static List<AccessEvent> revoke(RevokeApiKey c, Open open) {
    if (!open.keys().containsKey(c.accessKey())) {
      throw new CommandRejected(NOT_FOUND, c.accessKey() + " does not exist", "access_key");
    }
    return open.revoked().contains(c.accessKey())
        ? List.of()
        : List.of(new ApiKeyRevoked(c.organization(), c.accessKey(), c.reason()));
  }

  private static Open open(AccessCommand c, AccessState state) {
    return switch (state) {
      case Open open -> open;
      case Absent _ ->
          throw new CommandRejected(
              NOT_FOUND, "organization " + c.organization() + " does not exist");
    };
  }

  public static AccessState evolve(AccessState state, AccessEvent event) {
    Open open =
        switch (state) {
          case Open o -> o;
          case Absent _ -> new Open(Map.of(), Set.of());
        };
    return switch (event) {
      case OrganizationOpened _ -> open;
      case ApiKeyIssued e -> {
        Map<AccessKey, ApiKeyIssued> keys = new HashMap<>(open.keys());
        keys.put(e.accessKey(), e);
        yield new Open(keys, open.revoked());
      }
      case ApiKeyRevoked e -> {
        Set<AccessKey> revoked = new HashSet<>(open.revoked());
        revoked.add(e.accessKey());
        yield new Open(open.keys(), revoked);
      }
    };
  }
}
