package io.keelson.infra.eventstore.decider;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The states of streams between commands, bounded by number. A command takes the state out, and
 * only a state that is known to be committed is put in. So a rollback, or a commit whose response
 * is lost, leaves no state behind. A cached state may be old, but is never wrong.
 */
final class StateCache {

  private final Cache<UUID, Known<?>> states;

  /**
   * @param size the maximum number of states; 0: none is kept
   */
  StateCache(int size) {
    this.states = Caffeine.newBuilder().maximumSize(size).executor(Runnable::run).build();
  }

  @SuppressWarnings("unchecked") // checked at run time
  <S> @Nullable Known<S> take(Decider<?, ?, S> decider, UUID stream) {
    Known<?> known = states.asMap().remove(stream);
    return known != null && decider.states().isInstance(known.state()) ? (Known<S>) known : null;
  }

  /** A stream without events is not kept: a caller may name any number of them. */
  void put(UUID stream, Known<?> committed) {
    if (committed.version() >= 0) {
      states.put(stream, committed);
    }
  }
}
