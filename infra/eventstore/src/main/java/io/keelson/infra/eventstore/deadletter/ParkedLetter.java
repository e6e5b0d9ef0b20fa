package io.keelson.infra.eventstore.deadletter;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.deadletter.Cause;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.ThrowableCause;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as it is stored in the queue.
 *
 * @param index its place in the sequence; lower ones come first
 * @param parkedFor why it failed; null when it only waits behind another letter
 */
record ParkedLetter(
    String sequence,
    long index,
    EventMessage<?> message,
    @Nullable Cause parkedFor,
    Instant enqueuedAt,
    Instant lastTouched,
    MetaData diagnostics,
    Clock clock)
    implements DeadLetter<EventMessage<?>> {

  @Override
  public Optional<Cause> cause() {
    return Optional.ofNullable(parkedFor);
  }

  @Override
  public ParkedLetter markTouched() {
    return with(parkedFor, diagnostics);
  }

  /** Null keeps the present cause. */
  @Override
  public ParkedLetter withCause(@Nullable Throwable cause) {
    return with(cause == null ? parkedFor : ThrowableCause.asCause(cause), diagnostics);
  }

  @Override
  public ParkedLetter withDiagnostics(MetaData changed) {
    return with(parkedFor, changed);
  }

  private ParkedLetter with(@Nullable Cause newCause, MetaData newDiagnostics) {
    return new ParkedLetter(
        sequence, index, message, newCause, enqueuedAt, clock.instant(), newDiagnostics, clock);
  }
}
