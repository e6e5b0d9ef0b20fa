package io.keelson.infra.eventstore;

import java.util.UUID;

/** A change of who holds a key that only one may hold, like a name. */
public sealed interface Claim {

  String key();

  UUID holder();

  /** The holder wants the key; it may have it already. */
  record Take(String key, UUID holder) implements Claim {}

  /** The holder gives the key back, if it has it. */
  record Release(String key, UUID holder) implements Claim {}
}
