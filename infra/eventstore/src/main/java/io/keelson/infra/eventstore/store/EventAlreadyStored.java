package io.keelson.infra.eventstore.store;

import org.axonframework.common.AxonNonTransientException;

/** An event with the same id is in the store, so it was appended before. */
public final class EventAlreadyStored extends AxonNonTransientException {

  private static final long serialVersionUID = 1L;

  EventAlreadyStored(String message, Throwable cause) {
    super(message, cause);
  }
}
