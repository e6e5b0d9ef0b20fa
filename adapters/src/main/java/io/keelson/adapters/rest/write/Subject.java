package io.keelson.adapters.rest.write;

import io.keelson.adapters.rest.problem.Problem;
import io.keelson.commands.Id;
import io.keelson.projections.Waiting;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a command is about, as its caller knows it.
 *
 * @param resource {@code cluster}, {@code pool}...
 * @param state reads its status as the API spells it, where a refusal has to say it; null for what
 *     has none but that of what it is in
 * @param within the cluster that it is in; null for one that is in nothing
 * @param holding finds what is in it and may be in the way; null where nothing is
 */
public record Subject(
    String resource,
    Id id,
    @Nullable Supplier<String> state,
    @Nullable Subject within,
    @Nullable Supplier<Optional<Subject>> holding) {
  private static final Set<String> SETTLED = Set.of("ready", "pool_required", "warning");
  private static final String LOCKED = "locked";

  /** So long a status is waited for that shows what a refusal is due to. */
  private static final Duration LAG = Duration.ofMillis(500);

  public Subject(String resource, Id id, Supplier<String> state) {
    this(resource, id, state, null);
  }

  public Subject(
      String resource, Id id, @Nullable Supplier<String> state, @Nullable Subject within) {
    this(resource, id, state, within, null);
  }

  /** The same, with something in it that may be in the way. */
  public Subject holding(Supplier<Optional<Subject>> part) {
    return new Subject(resource, id, state, within, part);
  }

  /** What a refusal is about: the argument that it names may be the id of what this is in. */
  Subject at(@Nullable String argument) {
    for (Subject each = within; each != null; each = each.within) {
      if (each.isNamedBy(argument)) {
        return each;
      }
    }
    return holding == null || isNamedBy(argument)
        ? this
        : holding.get().filter(part -> part.isNamedBy(argument)).orElse(this);
  }

  private boolean isNamedBy(@Nullable String argument) {
    return (resource + "_id").equals(argument);
  }

  /** Where its name must be unique. */
  String space() {
    return within == null ? "project" : within.resource;
  }

  /**
   * Not now. Who lost a race against another call may be told of it before that call can be seen.
   */
  Problem busy() {
    Supplier<String> read = state;
    if (read == null) {
      return within == null ? Problem.INTERNAL : within.busy();
    }
    Waiting.until(() -> !SETTLED.contains(read.get()), LAG);
    String now = read.get();
    return now.equals(LOCKED)
        ? Problem.locked(resource, id.toString())
        : Problem.transientState(resource, id.toString(), now);
  }

  /** Another request came with the same {@code Idempotency-Key}. */
  public Problem keyReused() {
    return Problem.alreadyExists(
        resource, id.toString(), "this Idempotency-Key came before with another request");
  }
}
