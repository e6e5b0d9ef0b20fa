package io.keelson.adapters.rest.request;

import io.keelson.projections.Waiting;
import io.keelson.projections.log.History;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How long a read waits for the result of a write that has just happened: one second in total,
 * after which the response shows what there is.
 */
public final class ReadTimeout {
  private static final Duration TOTAL = Duration.ofSeconds(1);

  private final long start = System.nanoTime();

  /** Waits until every event with a log position at the start of the call is visible. */
  public void awaitHead(History history) {
    history.awaitHead(remaining());
  }

  /**
   * Reads until the result is sufficient or the time is over. A recently stored event may not have
   * a log position yet, so waiting for the head does not guarantee that callers see their own
   * writes.
   */
  public <T> T read(Supplier<T> read, Predicate<T> enough) {
    AtomicReference<T> last = new AtomicReference<>(read.get());
    if (!enough.test(last.get())) {
      Waiting.until(
          () -> {
            last.set(read.get());
            return enough.test(last.get());
          },
          remaining());
    }
    return last.get();
  }

  private Duration remaining() {
    return TOTAL.minusNanos(System.nanoTime() - start);
  }
}
