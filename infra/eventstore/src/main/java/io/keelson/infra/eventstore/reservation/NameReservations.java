package io.keelson.infra.eventstore.reservation;

import io.keelson.commands.DomainEvent;
import java.util.List;

/** Which keys an event reserves and which it releases; pure. */
@FunctionalInterface
public interface NameReservations {

  NameReservations NONE = event -> List.of();

  List<NameReservation> of(DomainEvent event);
}
