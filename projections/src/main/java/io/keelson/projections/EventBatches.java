package io.keelson.projections;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Collects the events of one unit of work and writes them once, just before it commits. Under a
 * streaming processor that is one whole batch, inside the transaction that also moves the token; an
 * event with a unit of work of its own is a batch of one. It keeps nothing from one unit of work to
 * the next.
 */
public final class EventBatches<E> {

  private final String resource;
  private final Consumer<List<Delivery<E>>> write;

  /**
   * @param group the processing group: two groups may share a unit of work
   */
  public EventBatches(String group, Consumer<List<Delivery<E>>> write) {
    this.resource = "event-batches/" + group;
    this.write = write;
  }

  public void add(E event, DomainEventMessage<?> message) {
    collected()
        .add(
            new Delivery<>(
                event,
                message.getSequenceNumber(),
                // The precision of the store, so that a live event and the same one replayed are
                // equal.
                message.getTimestamp().truncatedTo(ChronoUnit.MICROS),
                message.getMetaData()));
  }

  private List<Delivery<E>> collected() {
    UnitOfWork<?> unit = CurrentUnitOfWork.get();
    return unit.getOrComputeResource(
        resource,
        _ -> {
          List<Delivery<E>> batch = new ArrayList<>();
          unit.onPrepareCommit(_ -> write.accept(batch));
          return batch;
        });
  }
}
