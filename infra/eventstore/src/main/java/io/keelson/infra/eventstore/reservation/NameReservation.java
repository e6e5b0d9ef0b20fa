package io.keelson.infra.eventstore.reservation;

import java.util.UUID;

/** A change of who holds a key that only one stream may hold at a time, like a name. */
public sealed interface NameReservation {

  String key();

  UUID holder();

  /** The holder needs the key; it may hold it already. */
  record Reserve(String key, UUID holder) implements NameReservation {}

  /** The holder gives the key back, if it holds it. */
  record Release(String key, UUID holder) implements NameReservation {}
}
