package io.keelson.projections;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Gathers the events of one unit of work and hands them over once, just before it commits: under a
 * streaming processor that is one whole batch, inside the transaction that also moves the token; an
 * event with a unit of work of its own is handed over alone. It keeps nothing from one unit of work
 * to the next.
 */
public final class Deliveries<E> {

  private final String resource;
  private final Consumer<List<Delivery<E>>> write;

  /**
   * @param group the processing group, so that two of them may share a unit of work
   */
  public Deliveries(String group, Consumer<List<Delivery<E>>> write) {
    this.resource = "deliveries/" + group;
    this.write = write;
  }

  public void add(E event, DomainEventMessage<?> message) {
    gathered()
        .add(
            new Delivery<>(
                event,
                message.getSequenceNumber(),
                // What the store keeps, so that a live event and the same one replayed are equal.
                message.getTimestamp().truncatedTo(ChronoUnit.MICROS),
                message.getMetaData()));
  }

  private List<Delivery<E>> gathered() {
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
