package io.keelson.infra.app;

import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.infra.eventstore.connection.StoreOutage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.messaging.deadletter.EnqueueDecision;
import org.axonframework.messaging.deadletter.EnqueuePolicy;

/** An event is parked for what is wrong with it, never for a database that is out of reach. */
final class ParkingRule implements EnqueuePolicy<EventMessage<?>> {

  @Override
  public EnqueueDecision<EventMessage<?>> decide(
      DeadLetter<? extends EventMessage<?>> letter, Throwable cause) {
    if (StoreOutage.isBehind(cause)) {
      // Ends the batch: it is handled again as a whole, by whoever has the segment then.
      throw new StoreUnavailable("the database is out of reach", cause);
    }
    return Decisions.enqueue(cause);
  }
}
