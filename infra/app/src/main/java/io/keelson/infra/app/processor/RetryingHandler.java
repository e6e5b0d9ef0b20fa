package io.keelson.infra.app.processor;

import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.infra.eventstore.AxonCommands;
import java.time.Duration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles an event again at once when one of its commands kept losing the race for a busy stream.
 * Without this the processor would release the segment, and all events behind this one would wait.
 * It must not retry while the store is unreachable.
 */
final class RetryingHandler extends HandlerDecorator {

  private static final Logger LOG = LoggerFactory.getLogger(RetryingHandler.class);

  /** Including one more attempt, well below {@code idle_in_transaction_session_timeout}. */
  private static final Duration RETRY_TIMEOUT = Duration.ofSeconds(4);

  RetryingHandler(EventMessageHandler handler) {
    super(handler);
  }

  @Override
  public Object handle(EventMessage<?> event) throws Exception {
    long end = System.nanoTime() + RETRY_TIMEOUT.toNanos();
    while (true) {
      try {
        return handler.handle(event);
      } catch (StoreUnavailable e) {
        // No backoff: the command has already waited until its own timeout.
        if (!AxonCommands.isBusy(e.getCause()) || System.nanoTime() - end > 0) {
          throw e;
        }
        LOG.info("event {} is handled again: {}", event.getIdentifier(), e.getMessage());
      }
    }
  }
}
