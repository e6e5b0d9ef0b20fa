package io.keelson.commands.provisioning;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How a back end responds to a write. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Result.Accepted.class, name = "accepted"),
  @JsonSubTypes.Type(value = Result.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = Result.Unavailable.class, name = "unavailable")
})
public sealed interface Result {

  /**
   * The document is kept; the world will follow. Also the result of a repeat, and to the removal of
   * what is absent.
   *
   * @param uid the back end's own name of the object
   * @param generation the generation that it now holds: at least the one that was sent
   */
  record Accepted(String uid, long generation) implements Result {}

  /** Refused for good: sending it again will not help. */
  record Refused(Code code, String field, String message) implements Result {}

  /** Not known whether it took effect; safe to send again under the same key. */
  record Unavailable(String message) implements Result {}

  /** Why a write was refused. */
  enum Code {
    INVALID,
    QUOTA,
    CAPACITY,
    REMOVED
  }
}
