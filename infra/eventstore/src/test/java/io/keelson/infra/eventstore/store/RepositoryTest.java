package io.keelson.infra.eventstore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.infra.eventstore.TestStore;
import java.util.UUID;
import java.util.function.Consumer;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.command.Repository;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Axon's repository on the store, as two instances use it. */
class RepositoryTest {

  private final TestStore store = TestStore.fresh();
  private final Repository<Counter> here = repository();
  private final Repository<Counter> there = repository();
  private final UUID stream = UUID.randomUUID();

  /** Counts its events. */
  static class Counter {

    @AggregateIdentifier @Nullable String id;
    int count;

    void count(UUID stream) {
      AggregateLifecycle.apply(TestStore.event(stream));
    }

    @EventSourcingHandler
    void on(NodeDeleted event) {
      id = event.nodeId().toString();
      count++;
    }
  }

  private Repository<Counter> repository() {
    return EventSourcingRepository.builder(Counter.class).eventStore(store.events()).build();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void an_aggregate_is_loaded_with_its_events_and_version() {
    create(here);
    change(there, counter -> counter.count(stream));

    inTransaction(
        () -> {
          int count = here.load(stream.toString()).invoke(counter -> counter.count);
          assertThat(count).isEqualTo(2);
          assertThat(here.load(stream.toString()).version()).isEqualTo(1);
        });
    inTransaction(
        () ->
            assertThatThrownBy(() -> here.load(UUID.randomUUID().toString()))
                .isInstanceOf(AggregateNotFoundException.class));
  }

  @Test
  void of_two_decisions_on_the_same_version_one_is_rejected() {
    create(here);

    assertThatThrownBy(
            () ->
                change(
                    here,
                    counter -> {
                      counter.count(stream);
                      elsewhere(() -> change(there, other -> other.count(stream)));
                    }))
        .isInstanceOf(ConcurrencyException.class);
    assertThat(store.engine().lastSequenceNumberFor(stream.toString())).contains(1L);
  }

  @Test
  void a_stream_is_created_once() {
    create(here);

    assertThatThrownBy(() -> create(there)).isInstanceOf(AggregateStreamCreationException.class);
  }

  private void create(Repository<Counter> repository) {
    inTransaction(
        () -> {
          try {
            repository.newInstance(
                () -> {
                  Counter counter = new Counter();
                  counter.count(stream);
                  return counter;
                });
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private void change(Repository<Counter> repository, Consumer<Counter> change) {
    inTransaction(() -> repository.load(stream.toString()).execute(change));
  }

  private void inTransaction(Runnable work) {
    DefaultUnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(null);
    unitOfWork.attachTransaction(
        new SpringTransactionManager(new DataSourceTransactionManager(store.database())));
    unitOfWork.execute(work);
    assertThat(CurrentUnitOfWork.isStarted()).isFalse();
  }

  /** On a thread of its own, as another instance would. */
  private static void elsewhere(Runnable work) {
    Thread other = Thread.ofPlatform().start(work);
    try {
      other.join(10_000);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
