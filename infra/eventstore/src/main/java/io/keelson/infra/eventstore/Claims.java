package io.keelson.infra.eventstore;

import io.keelson.commands.DomainEvent;
import java.util.List;

/** Which keys an event takes and gives back; pure. */
@FunctionalInterface
public interface Claims {

  Claims NONE = event -> List.of();

  List<Claim> of(DomainEvent event);
}
