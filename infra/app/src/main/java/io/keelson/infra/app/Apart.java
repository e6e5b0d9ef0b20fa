package io.keelson.infra.app;

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
 * Handles some events in a unit of work of their own, in a part of the transaction that can be
 * undone alone: after a failure the rest of it still stands, and the event can be parked in it.
 */
final class Apart extends Around {

  private final Predicate<EventMessage<?>> which;
  private final Consumer<EventMessage<?>> done;
  private final TransactionTemplate part;

  /**
   * @param which events are handled apart
   * @param done is told when what was handled apart has been committed, parked or not
   */
  Apart(
      EventMessageHandler handler,
      DataSource dataSource,
      Predicate<EventMessage<?>> which,
      Consumer<EventMessage<?>> done) {
    super(handler);
    this.which = which;
    this.done = done;
    this.part = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    this.part.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
  }

  @Override
  public Object handle(EventMessage<?> event) throws Exception {
    if (!which.test(event)) {
      return handler.handle(event);
    }
    CurrentUnitOfWork.get().root().afterCommit(_ -> done.accept(event));
    ResultMessage<?> result =
        part.execute(
            status -> {
              ResultMessage<?> made =
                  DefaultUnitOfWork.startAndGet(event)
                      .executeWithResult(() -> handler.handle(event));
              if (made.isExceptional()) {
                status.setRollbackOnly();
              }
              return made;
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
