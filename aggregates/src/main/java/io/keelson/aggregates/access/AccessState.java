package io.keelson.aggregates.access;

import io.keelson.commands.access.AccessEvent.ApiKeyIssued;
import io.keelson.commands.access.AccessKey;
import java.util.Map;
import java.util.Set;

/** The life of an organization's access: absent, then open with the keys that it has issued. */
public sealed interface AccessState {

  record Absent() implements AccessState {}

  /** Open; {@code revoked} keys stay in {@code keys}. */
  record Open(Map<AccessKey, ApiKeyIssued> keys, Set<AccessKey> revoked) implements AccessState {}
}
