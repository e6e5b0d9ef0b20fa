package io.keelson.adapters.rest.request;

import io.keelson.projections.Waiting;
import io.keelson.projections.log.History;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How long a reader waits for what it has just brought about: a second for all, after which the
 * answer is what there is.
 */
public final class ReadTimeout {
  private static final Duration ALL = Duration.ofSeconds(1);

  private final long start = System.nanoTime();

  /** Waits until everything can be seen that had its place in the log when the call came. */
  public void awaitHead(History history) {
    history.awaitHead(left());
  }

  /**
   * Reads until there is enough. An event that was stored a moment ago may have no place in the log
   * yet, so the head alone does not tell that a caller sees its own request.
   */
  public <T> T read(Supplier<T> read, Predicate<T> enough) {
    AtomicReference<T> last = new AtomicReference<>(read.get());
    if (!enough.test(last.get())) {
      Waiting.until(
          () -> {
            last.set(read.get());
            return enough.test(last.get());
          },
          left());
    }
    return last.get();
  }

  private Duration left() {
    return ALL.minusNanos(System.nanoTime() - start);
  }
}
