package io.keelson.adapters.rest.access;

import io.keelson.projections.access.ApiKey;
import io.keelson.projections.access.ApiKeys;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Whether keys are still valid, for calls that last. */
@Component
public class KeyValidity {
  private final ApiKeys keys;
  private final Clock clock;

  public KeyValidity(ApiKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** Whether the caller's key is neither revoked nor expired. */
  public boolean isValid(Caller caller) {
    return keys.byAccessKey(caller.accessKey()).filter(this::isValid).isPresent();
  }

  private boolean isValid(ApiKey key) {
    Instant end = key.expiresAt();
    return !key.revoked() && (end == null || clock.instant().isBefore(end));
  }
}
