package io.keelson.projections;

import static java.util.Objects.requireNonNull;

import io.keelson.commands.DomainEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionStatus;

/**
 * Delivers events to a projection the way a pooled streaming processor does: one batch is one unit
 * of work in one transaction.
 */
public final class Processor {

  private final AnnotationEventHandlerAdapter handler;
  private final DataSourceTransactionManager transactions;

  public Processor(Object projection, DataSource database) {
    handler = new AnnotationEventHandlerAdapter(projection);
    transactions = new DataSourceTransactionManager(database);
  }

  public static <E extends DomainEvent> List<DomainEventMessage<?>> messages(
      List<Delivery<E>> deliveries) {
    List<DomainEventMessage<?>> messages = new ArrayList<>();
    deliveries.forEach(d -> messages.add(message(d.event(), d.version(), d.at(), d.metadata())));
    return messages;
  }

  public static DomainEventMessage<?> message(
      DomainEvent event, long version, Instant at, Map<String, ?> metadata) {
    return new GenericDomainEventMessage<>(
        "any", event.stream().toString(), version, new GenericMessage<>(event, metadata), () -> at);
  }

  public void deliver(List<DomainEventMessage<?>> batch) {
    run(batch, this::begin);
  }

  /** Everything is written, and then nothing is kept: as if killed just before the commit. */
  public void deliverAndDie(List<DomainEventMessage<?>> batch) {
    try {
      run(batch, () -> dying(begin()));
    } catch (Killed e) {
      return;
    }
    throw new AssertionError("it lived");
  }

  public void reset() {
    handler.prepareReset(null);
  }

  private void run(List<DomainEventMessage<?>> batch, TransactionManager manager) {
    BatchingUnitOfWork<DomainEventMessage<?>> work = new BatchingUnitOfWork<>(batch);
    work.attachTransaction(manager);
    ResultMessage<Object> result =
        work.executeWithResult(() -> handler.handle(requireNonNull(work.getMessage())));
    if (result.isExceptional()) {
      if (result.exceptionResult() instanceof RuntimeException e) {
        throw e;
      }
      throw new AssertionError(result.exceptionResult());
    }
  }

  private Transaction begin() {
    TransactionStatus status = transactions.getTransaction(null);
    return new Transaction() {
      @Override
      public void commit() {
        transactions.commit(status);
      }

      @Override
      public void rollback() {
        transactions.rollback(status);
      }
    };
  }

  private static Transaction dying(Transaction real) {
    return new Transaction() {
      @Override
      public void commit() {
        real.rollback();
        throw new Killed();
      }

      @Override
      public void rollback() {
        // It went with the kill.
      }
    };
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
