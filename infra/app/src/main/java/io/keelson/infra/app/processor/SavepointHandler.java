package io.keelson.infra.app.processor;

import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Handles selected events in a unit of work and a savepoint of their own. A failure rolls back to
 * the savepoint only: the rest of the batch stays in the transaction, and the event can be parked
 * in it.
 */
final class SavepointHandler extends HandlerDecorator {

  private final Predicate<EventMessage<?>> selected;
  private final Consumer<EventMessage<?>> committed;
  private final TransactionTemplate savepoint;

  /**
   * @param selected events get a savepoint
   * @param committed is called for each of them after the commit of the batch, parked or not
   */
  SavepointHandler(
      EventMessageHandler handler,
      DataSource dataSource,
      Predicate<EventMessage<?>> selected,
      Consumer<EventMessage<?>> committed) {
    super(handler);
    this.selected = selected;
    this.committed = committed;
    this.savepoint = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
  }

  @Override
  public Object handle(EventMessage<?> event) throws Exception {
    if (!selected.test(event)) {
      return handler.handle(event);
    }
    CurrentUnitOfWork.get().root().afterCommit(_ -> committed.accept(event));
    ResultMessage<?> result =
        savepoint.execute(
            status -> {
              ResultMessage<?> handled =
                  DefaultUnitOfWork.startAndGet(event)
                      .executeWithResult(() -> handler.handle(event));
              if (handled.isExceptional()) {
                status.setRollbackOnly();
              }
              return handled;
            });
    if (result.isExceptional()) {
      throw asException(result.exceptionResult());
    }
    return result.getPayload();
  }

  private static Exception asException(Throwable failure) {
    return failure instanceof Exception e ? e : new IllegalStateException(failure);
  }
}
