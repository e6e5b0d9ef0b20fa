package io.keelson.infra.eventstore.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.infra.testing.TestPostgres;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many writers with slow, random and failing commits, and four readers at once. Our reader sees
 * every event once and in order; each of the others loses some in every run.
 */
@Timeout(600)
class CompleteTailTest {

  private static final int EVENTS = 40_000;
  private static final int WRITERS = 8;
  private static final int AT_RANDOM = EVENTS - 2_000;
  private static final int ROUNDS = 10;
  private static final int IN_A_ROUND = 3;
  private static final long SEED = 20_261_101;

  private final DataSource database = TestPostgres.database("eventstore");
  private final Tail tail = Tail.follow(database, Clock.systemUTC());
  private final Set<String> committed = ConcurrentHashMap.newKeySet();
  private final AtomicInteger left = new AtomicInteger(AT_RANDOM);
  // Writers share this lock; a writer that needs the database for itself holds it exclusively.
  private final ReadWriteLock writing = new ReentrantReadWriteLock(true);
  private Reader naive;
  private Reader newestId;
  private Reader stock;
  private Reader ours;

  @BeforeEach
  void start() {
    Readers.Stock.createTable(database);
    naive = new Readers.Naive(database);
    newestId = new Readers.NewestIdWatermark(database);
    stock = new Readers.Stock(database);
    ours = new Readers.Ours(database, tail);
    readers().forEach(Reader::start);
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Reader reader : readers().toList()) {
      reader.stop();
    }
    tail.close();
  }

  @Test
  void every_event_is_seen_once_and_in_order_where_the_alternatives_lose_some() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<?>> writers =
          IntStream.range(0, WRITERS)
              .<Future<?>>mapToObj(n -> threads.submit(() -> writeAtRandom(new Random(SEED + n))))
              .toList();
      for (int i = 0; i < ROUNDS; i++) {
        alone(this::holdBeforeANeighbour);
        alone(this::holdAsTheNewest);
      }
      for (Future<?> writer : writers) {
        writer.get(400, TimeUnit.SECONDS);
      }
    }
    writeTheRest();
    assertThat(committed).hasSize(EVENTS);
    tail.head(Duration.ofSeconds(60));
    letAllPoll();

    List<Reader.Sighting> sightings = ours.stop();
    assertThat(ours.missed(committed)).isZero();
    assertThat(sightings).extracting(Reader.Sighting::id).doesNotHaveDuplicates();
    assertThat(sightings).extracting(Reader.Sighting::id).allMatch(committed::contains);
    assertThat(sightings).extracting(Reader.Sighting::position).isSorted();
    assertThat(naive.missed(committed)).isPositive();
    assertThat(newestId.missed(committed)).isPositive();
    assertThat(stock.missed(committed)).isPositive();
  }

  private void writeAtRandom(Random random) {
    try (Writer writer = new Writer(database, tail)) {
      while (left.get() > 0) {
        int count = reserve(1 + random.nextInt(12));
        boolean commit = random.nextInt(10) > 0;
        long slow = random.nextInt(6) == 0 ? TimeUnit.MILLISECONDS.toNanos(random.nextInt(20)) : 0;
        writing.readLock().lock();
        try {
          List<String> ids = writer.write(count, commit, () -> LockSupport.parkNanos(slow));
          if (commit) {
            committed.addAll(ids);
          } else {
            left.addAndGet(count);
          }
        } finally {
          writing.readLock().unlock();
        }
      }
    }
  }

  private void writeTheRest() {
    try (Writer writer = new Writer(database, tail)) {
      while (committed.size() < EVENTS) {
        int count = Math.min(50, EVENTS - committed.size());
        committed.addAll(writer.write(count, true, () -> {}));
      }
    }
  }

  private int reserve(int requested) {
    int before = left.getAndUpdate(n -> n - Math.min(n, requested));
    return Math.min(before, requested);
  }

  /** Commits after later events were seen: the naive and the stock reader lose it. */
  private void holdBeforeANeighbour() {
    try (Writer held = new Writer(database, tail);
        Writer neighbour = new Writer(database, tail)) {
      write(
          held,
          () -> {
            String behind = write(neighbour, () -> {}).getLast();
            await()
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(60))
                .until(() -> naive.saw(behind) && stock.saw(behind));
          });
    }
  }

  /**
   * Commits after the reader of the newest id has polled while this id was the newest, so that it
   * loses the events. It does not when another transaction takes an id meanwhile, so this repeats.
   */
  private void holdAsTheNewest() {
    try (Writer held = new Writer(database, tail)) {
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                AtomicBoolean passed = new AtomicBoolean();
                write(held, () -> passed.set(pollsTwice(newestId, Duration.ofMillis(50))));
                return passed.get();
              });
    }
  }

  private void alone(Runnable hold) {
    writing.writeLock().lock();
    try {
      hold.run();
    } finally {
      writing.writeLock().unlock();
    }
  }

  private static boolean pollsTwice(Reader reader, Duration within) {
    long before = reader.polls();
    long end = System.nanoTime() + within.toNanos();
    while (reader.polls() < before + 2 && System.nanoTime() < end) {
      LockSupport.parkNanos(100_000);
    }
    return reader.polls() >= before + 2;
  }

  private List<String> write(Writer writer, Runnable meanwhile) {
    List<String> ids = writer.write(IN_A_ROUND, true, meanwhile);
    committed.addAll(ids);
    return ids;
  }

  private void letAllPoll() {
    for (Reader reader : readers().toList()) {
      long polls = reader.polls();
      await().atMost(Duration.ofSeconds(60)).until(() -> reader.polls() > polls + 2);
    }
  }

  private Stream<Reader> readers() {
    return Stream.of(naive, newestId, stock, ours);
  }
}
