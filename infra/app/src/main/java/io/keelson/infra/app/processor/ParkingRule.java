package io.keelson.infra.app.processor;

import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.infra.eventstore.Outage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.messaging.deadletter.EnqueueDecision;
import org.axonframework.messaging.deadletter.EnqueuePolicy;

/**
 * Parks an event that its handler cannot handle. It must never park an event because the database
 * is unreachable.
 */
final class ParkingRule implements EnqueuePolicy<EventMessage<?>> {

  @Override
  public EnqueueDecision<EventMessage<?>> decide(
      DeadLetter<? extends EventMessage<?>> letter, Throwable cause) {
    if (Outage.isBehind(cause)) {
      // Ends the batch. The instance that holds the segment next handles the whole batch again.
      throw new StoreUnavailable("the database is unreachable", cause);
    }
    return Decisions.enqueue(cause);
  }
}
