package io.keelson.projections.access;

import io.keelson.commands.access.AccessEvent;
import io.keelson.commands.access.AccessEvent.ApiKeyIssued;
import io.keelson.commands.access.AccessEvent.ApiKeyRevoked;
import io.keelson.commands.access.AccessEvent.OrganizationOpened;
import io.keelson.commands.access.AccessKey;
import io.keelson.projections.Delivery;
import io.keelson.projections.Row;
import java.util.Optional;

/**
 * One key. A revoked key stays revoked.
 *
 * @param version the number of the last event of its organization folded into it, from 0
 */
record ApiKeyRow(AccessKey id, long version, ApiKey key) implements Row<AccessKey> {

  /** The key that an event is about, if it is about a key. */
  static Optional<AccessKey> subject(AccessEvent event) {
    return switch (event) {
      case ApiKeyIssued e -> Optional.of(e.accessKey());
      case ApiKeyRevoked e -> Optional.of(e.accessKey());
      case OrganizationOpened _ -> Optional.empty();
    };
  }

  /** The row that an event creates. */
  static Optional<ApiKeyRow> first(Delivery<? extends AccessEvent> d) {
    return d.event() instanceof ApiKeyIssued e
        ? Optional.of(new ApiKeyRow(e.accessKey(), d.version(), issued(e)))
        : Optional.empty();
  }

  ApiKeyRow after(Delivery<? extends AccessEvent> d) {
    if (d.version() <= version || !subject(d.event()).equals(Optional.of(id))) {
      return this;
    }
    return switch (d.event()) {
      case ApiKeyRevoked _ -> new ApiKeyRow(id, d.version(), revoked(key));
      case ApiKeyIssued _, OrganizationOpened _ -> this;
    };
  }

  private static ApiKey issued(ApiKeyIssued e) {
    return new ApiKey(
        e.accessKey(),
        e.organization(),
        e.secretHash(),
        e.description(),
        e.permissionSets(),
        e.projects(),
        e.expiresAt(),
        false);
  }

  private static ApiKey revoked(ApiKey key) {
    return new ApiKey(
        key.accessKey(),
        key.organization(),
        key.secretHash(),
        key.description(),
        key.permissionSets(),
        key.projects(),
        key.expiresAt(),
        true);
  }
}
