package io.keelson.infra.eventstore.decider;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The states of streams between commands, bounded by number. A command takes the state out, and
 * only what is known to be committed is put in: so whatever goes wrong in between, a rollback or a
 * commit without an answer, leaves nothing behind. What is in it may be old, never wrong.
 */
final class StateCache {

  private final Cache<UUID, Known<?>> states;

  /**
   * @param size 0: nothing is kept
   */
  StateCache(int size) {
    this.states = Caffeine.newBuilder().maximumSize(size).executor(Runnable::run).build();
  }

  @SuppressWarnings("unchecked") // it was looked at
  <S> @Nullable Known<S> take(Decider<?, ?, S> decider, UUID stream) {
    Known<?> known = states.asMap().remove(stream);
    return known != null && decider.states().isInstance(known.state()) ? (Known<S>) known : null;
  }

  /** A stream that does not exist is not kept: anybody may ask for any number of them. */
  void put(UUID stream, Known<?> committed) {
    if (committed.version() >= 0) {
      states.put(stream, committed);
    }
  }
}
