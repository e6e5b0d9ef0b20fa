package io.keelson.infra.app;

import io.keelson.infra.eventstore.connection.StoreOutage;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.ErrorContext;
import org.axonframework.eventhandling.ErrorHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;

/**
 * The events of batches that failed as a whole: one of them is at fault, and it is not known which.
 * Whoever handles them again takes each apart. It must suspect nobody when the store is away.
 */
final class Suspects implements ErrorHandler {

  /** More than all batches that may have failed here; what went to another instance stays in it. */
  private static final int MOST = 10_000;

  private final Set<String> events = ConcurrentHashMap.newKeySet();

  @Override
  public void handleError(ErrorContext context) throws Exception {
    Throwable error = context.error();
    if (!StoreOutage.isBehind(error) && !(error instanceof UnableToClaimTokenException)) {
      if (events.size() > MOST) {
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
