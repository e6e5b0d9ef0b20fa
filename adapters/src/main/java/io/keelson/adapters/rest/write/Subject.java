package io.keelson.adapters.rest.write;

import io.keelson.commands.Id;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a command is about, as its caller knows it.
 *
 * @param resource {@code cluster}, {@code pool}...
 * @param state reads its status as the API spells it, where a refusal has to say it
 * @param within the cluster that it is in; null for one that is in nothing
 */
public record Subject(String resource, Id id, Supplier<String> state, @Nullable Subject within) {

  public Subject(String resource, Id id, Supplier<String> state) {
    this(resource, id, state, null);
  }

  /** What a refusal is about: the argument that it names may be the id of what this is in. */
  Subject at(@Nullable String argument) {
    for (Subject each = within; each != null; each = each.within) {
      if ((each.resource + "_id").equals(argument)) {
        return each;
      }
    }
    return this;
  }

  /** Where its name must be unique. */
  String space() {
    return within == null ? "project" : within.resource;
  }
}
