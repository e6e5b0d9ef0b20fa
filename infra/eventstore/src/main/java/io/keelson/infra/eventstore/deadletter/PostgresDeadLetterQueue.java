package io.keelson.infra.eventstore.deadletter;

import io.keelson.infra.eventstore.codec.UnknownEvent;
import io.keelson.infra.eventstore.deadletter.DeadLetterTable.Place;
import io.keelson.infra.eventstore.store.PostgresEventStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.DeadLetterQueueOverflowException;
import org.axonframework.messaging.deadletter.EnqueueDecision;
import org.axonframework.messaging.deadletter.NoSuchDeadLetterException;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.messaging.deadletter.WrongDeadLetterTypeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The events that one processing group could not handle, in sequences that keep their order. It
 * works in the transaction of the caller, so that a change of a letter is committed together with
 * the work done for it. Several instances may process at once, but only one of them a sequence.
 */
public final class PostgresDeadLetterQueue implements SequencedDeadLetterQueue<EventMessage<?>> {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresDeadLetterQueue.class);

  private final String group;
  private final int maxLetters;
  private final DeadLetterTable letters;
  // How many letters may be added before all are counted again: a count reads every letter.
  private final AtomicLong room = new AtomicLong();
  private final TransactionTemplate whole;
  private final TransactionTemplate part;

  /**
   * The queue of a group.
   *
   * @param dataSource the one whose transactions Spring manages
   * @param maxLetters of the whole group: one more is rejected, and its processor stops there
   */
  public PostgresDeadLetterQueue(
      String group, DataSource dataSource, PostgresEventStore store, int maxLetters, Clock clock) {
    this.group = group;
    this.maxLetters = maxLetters;
    this.letters = new DeadLetterTable(group, dataSource, store.events(), clock);
    DataSourceTransactionManager transactions = new DataSourceTransactionManager(dataSource);
    this.whole = new TransactionTemplate(transactions);
    this.part = new TransactionTemplate(transactions);
    this.part.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
  }

  @Override
  public void enqueue(Object sequence, DeadLetter<? extends EventMessage<?>> letter)
      throws DeadLetterQueueOverflowException {
    String name = name(sequence);
    if (room.getAndDecrement() <= 0 && isFull(name)) {
      throw new DeadLetterQueueOverflowException(
          "%s has %d dead letters, which is the maximum; the event of %s is not parked"
              .formatted(group, maxLetters, name));
    }
    letter
        .cause()
        .ifPresentOrElse(
            cause ->
                LOG.warn(
                    "{}: parked event {} of {}: {}",
                    group,
                    letter.message().getIdentifier(),
                    name,
                    cause.type()),
            () ->
                LOG.debug(
                    "{}: parked event {} of {} behind another",
                    group,
                    letter.message().getIdentifier(),
                    name));
    letters.insert(name, letter);
  }

  /** Deletes the letter, if it exists. */
  @Override
  public void evict(DeadLetter<? extends EventMessage<?>> letter) {
    letters.delete(parked(letter));
  }

  @Override
  public void requeue(
      DeadLetter<? extends EventMessage<?>> letter,
      UnaryOperator<DeadLetter<? extends EventMessage<?>>> change)
      throws NoSuchDeadLetterException {
    ParkedLetter changed = parked(change.apply(parked(letter).markTouched()));
    if (!letters.update(changed)) {
      throw new NoSuchDeadLetterException(
          "event %s is not parked in %s".formatted(letter.message().getIdentifier(), group));
    }
  }

  @Override
  public boolean contains(Object sequence) {
    return letters.contains(name(sequence));
  }

  @Override
  public Iterable<DeadLetter<? extends EventMessage<?>>> deadLetterSequence(Object sequence) {
    return () ->
        letters.sequence(name(sequence)).stream()
            .<DeadLetter<? extends EventMessage<?>>>map(letter -> letter)
            .iterator();
  }

  @Override
  public Iterable<Iterable<DeadLetter<? extends EventMessage<?>>>> deadLetters() {
    return () -> letters.sequences().stream().map(this::deadLetterSequence).iterator();
  }

  /** Whether the group has the maximum number of letters; the sequence does not matter. */
  @Override
  public boolean isFull(Object sequence) {
    long left = maxLetters - size();
    // Half of the rest, since other instances park too: near the limit, letters are counted often.
    room.set(left / 2);
    return left <= 0;
  }

  @Override
  public long size() {
    return letters.count();
  }

  @Override
  public long sequenceSize(Object sequence) {
    return letters.count(name(sequence));
  }

  @Override
  public long amountOfSequences() {
    return letters.countSequences();
  }

  @Override
  public void clear() {
    letters.deleteAll();
  }

  /**
   * Processes one sequence from its first letter on. Only the work for the letter that fails is
   * rolled back: the letters before it stay processed.
   */
  @Override
  public boolean process(
      Predicate<DeadLetter<? extends EventMessage<?>>> filter,
      Function<DeadLetter<? extends EventMessage<?>>, EnqueueDecision<EventMessage<?>>> task) {
    return Boolean.TRUE.equals(
        whole.execute(
            status -> {
              Optional<ParkedLetter> letter = select(filter);
              boolean found = letter.isPresent();
              while (letter.isPresent()) {
                if (!isKnown(letter.get()) || !process(letter.get(), task)) {
                  return false;
                }
                letter = letters.next(letter.get().sequence(), letter.get().index());
              }
              return found;
            }));
  }

  /**
   * The first letter of the least recently touched sequence, locked, so that other instances skip
   * the sequence.
   */
  private Optional<ParkedLetter> select(Predicate<DeadLetter<? extends EventMessage<?>>> filter) {
    List<Place> firsts = letters.firstOfEach(Place.START);
    while (!firsts.isEmpty()) {
      for (Place place : firsts) {
        Optional<ParkedLetter> letter =
            letters
                .next(place.sequence(), place.index() - 1)
                .filter(PostgresDeadLetterQueue::isKnown)
                .filter(filter)
                .filter(letters::lock);
        if (letter.isPresent()) {
          return letter;
        }
      }
      firsts = letters.firstOfEach(firsts.getLast());
    }
    return Optional.empty();
  }

  /** A newer instance parked an event that is unknown here, and must handle it itself. */
  private static boolean isKnown(ParkedLetter letter) {
    return !(letter.message().getPayload() instanceof UnknownEvent);
  }

  private boolean process(
      ParkedLetter letter,
      Function<DeadLetter<? extends EventMessage<?>>, EnqueueDecision<EventMessage<?>>> task) {
    EnqueueDecision<EventMessage<?>> decision =
        part.execute(
            status -> {
              EnqueueDecision<EventMessage<?>> made = task.apply(letter);
              if (made.shouldEnqueue()) {
                status.setRollbackOnly();
              }
              return made;
            });
    if (decision == null || !decision.shouldEnqueue()) {
      evict(letter);
      return true;
    }
    requeue(
        letter,
        kept -> decision.withDiagnostics(kept).withCause(decision.enqueueCause().orElse(null)));
    return false;
  }

  private static ParkedLetter parked(DeadLetter<? extends EventMessage<?>> letter) {
    if (letter instanceof ParkedLetter parked) {
      return parked;
    }
    throw new WrongDeadLetterTypeException("this is no letter of this queue: " + letter.getClass());
  }

  /** Only text has the same form in every JVM. */
  private static String name(Object sequence) {
    if (sequence instanceof String name) {
      return name;
    }
    throw new IllegalArgumentException(
        "the name of a sequence is text, not " + sequence.getClass().getName());
  }
}
