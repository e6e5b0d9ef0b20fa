package io.keelson.infra.app;

import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.infra.eventstore.decider.AxonCommands;
import java.time.Duration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles an event again where it is when a stream was too busy for one of its commands: giving up
 * a whole segment for that would make all its neighbours wait. It must not wait for a store that is
 * away.
 */
final class Patient extends Around {

  private static final Logger LOG = LoggerFactory.getLogger(Patient.class);

  /** With one try more well below what a transaction may stand idle for. */
  private static final Duration AT_MOST = Duration.ofSeconds(4);

  Patient(EventMessageHandler handler) {
    super(handler);
  }

  @Override
  public Object handle(EventMessage<?> event) throws Exception {
    long end = System.nanoTime() + AT_MOST.toNanos();
    while (true) {
      try {
        return handler.handle(event);
      } catch (StoreUnavailable e) {
        // No pause: the command has waited already, and has been told that it waited long enough.
        if (!AxonCommands.isBusy(e.getCause()) || System.nanoTime() - end > 0) {
          throw e;
        }
        LOG.info("event {} is handled again: {}", event.getIdentifier(), e.getMessage());
      }
    }
  }
}
