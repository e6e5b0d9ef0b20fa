package io.keelson.adapters.rest.write;

import io.keelson.adapters.rest.problem.Awaited;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.commands.Id;
import io.keelson.projections.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The resource that a command is about, as its caller knows it.
 *
 * @param resource {@code cluster}, {@code pool}...
 * @param state reads the resource's status as the API spells it, for refusals; null for a resource
 *     without a status of its own, which uses its parent's
 * @param parent the resource that contains this one; null: none
 * @param blocking finds a part of the resource that may block the command; null: none can
 */
public record Subject(
    String resource,
    Id id,
    @Nullable Supplier<String> state,
    @Nullable Subject parent,
    @Nullable Supplier<Optional<Subject>> blocking) {
  private static final Set<String> SETTLED = Set.of("ready", "pool_required", "warning");
  private static final String LOCKED = "locked";

  /** How long to wait for a status that explains a refusal. */
  private static final Duration MAX_STATUS_LAG = Duration.ofMillis(500);

  public Subject(String resource, Id id, Supplier<String> state) {
    this(resource, id, state, null);
  }

  public Subject(
      String resource, Id id, @Nullable Supplier<String> state, @Nullable Subject parent) {
    this(resource, id, state, parent, null);
  }

  /** The same subject with a part that may block the command. */
  public Subject blocking(Supplier<Optional<Subject>> part) {
    return new Subject(resource, id, state, parent, part);
  }

  /**
   * The resource that a rejection names: this one, one that contains it, or the part that blocks
   * the command.
   */
  Subject at(@Nullable String argument) {
    for (Subject each = parent; each != null; each = each.parent) {
      if (each.isNamedBy(argument)) {
        return each;
      }
    }
    return blocking == null || isNamedBy(argument)
        ? this
        : blocking.get().filter(part -> part.isNamedBy(argument)).orElse(this);
  }

  private boolean isNamedBy(@Nullable String argument) {
    return (resource + "_id").equals(argument);
  }

  /** The scope in which its name must be unique. */
  String nameScope() {
    return parent == null ? "project" : parent.resource;
  }

  /**
   * The refusal of a command that conflicts with an operation. The operation's row may lag behind
   * the conflict.
   *
   * @param awaited what has to end first; empty: unknown
   */
  Problem busy(List<Awaited> awaited) {
    Supplier<String> read = state;
    if (read == null) {
      return parent == null ? Problem.INTERNAL : parent.busy(awaited);
    }
    Waiting.until(() -> !SETTLED.contains(read.get()), MAX_STATUS_LAG);
    String now = read.get();
    return now.equals(LOCKED)
        ? Problem.locked(resource, id.toString())
        : Problem.transientState(resource, id.toString(), now, awaited);
  }

  /** The same {@code Idempotency-Key} was used for another request. */
  public Problem keyReused() {
    return Problem.alreadyExists(
        resource, id.toString(), "this Idempotency-Key was used before for another request");
  }
}
