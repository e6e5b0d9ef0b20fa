package io.keelson.commands.access;

import io.keelson.commands.Id;
import java.util.UUID;

/** Names one audited call, and its stream: the call's {@code X-Request-Id}, derived. */
public record CallId(UUID value) implements Id {

  public static CallId of(UUID requestId) {
    return new CallId(Id.derived("call", requestId.toString()));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
