package io.keelson.infra.app.processor;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;

/** Delegates every method to a handler, except the one that handles an event. */
abstract class HandlerDecorator implements EventMessageHandler {

  protected final EventMessageHandler handler;

  HandlerDecorator(EventMessageHandler handler) {
    this.handler = handler;
  }

  @Override
  public final boolean canHandle(EventMessage<?> event) {
    return handler.canHandle(event);
  }

  @Override
  public final boolean canHandleType(Class<?> type) {
    return handler.canHandleType(type);
  }

  @Override
  public final Class<?> getTargetType() {
    return handler.getTargetType();
  }

  @Override
  public final void prepareReset() {
    handler.prepareReset();
  }

  @Override
  public final <R> void prepareReset(R context) {
    handler.prepareReset(context);
  }

  @Override
  public final boolean supportsReset() {
    return handler.supportsReset();
  }
}
