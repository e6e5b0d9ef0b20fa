package io.keelson.infra.app.processor;

import io.keelson.infra.eventstore.Outage;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.ErrorContext;
import org.axonframework.eventhandling.ErrorHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;

/**
 * The events of batches that failed as a whole. One event caused the failure, and the error does
 * not name it, so each of these events gets a savepoint of its own at the next attempt. It must not
 * collect the events of a batch that failed because the store was unreachable.
 */
final class SuspectEvents implements ErrorHandler {

  /**
   * More than the batches that can have failed at the same time. Events whose segment moved to
   * another instance are only removed when this limit is exceeded.
   */
  private static final int MAX_EVENTS = 10_000;

  private final Set<String> events = ConcurrentHashMap.newKeySet();

  @Override
  public void handleError(ErrorContext context) throws Exception {
    Throwable error = context.error();
    if (!Outage.isBehind(error) && !(error instanceof UnableToClaimTokenException)) {
      if (events.size() > MAX_EVENTS) {
        events.clear();
      }
      context.failedEvents().forEach(event -> events.add(event.getIdentifier()));
    }
    PropagatingErrorHandler.instance().handleError(context);
  }

  boolean contains(EventMessage<?> event) {
    return events.contains(event.getIdentifier());
  }

  void clear(EventMessage<?> event) {
    events.remove(event.getIdentifier());
  }
}
