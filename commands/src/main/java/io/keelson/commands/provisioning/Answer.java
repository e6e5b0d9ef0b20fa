package io.keelson.commands.provisioning;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a back end says to a write. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Answer.Accepted.class, name = "accepted"),
  @JsonSubTypes.Type(value = Answer.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = Answer.Unavailable.class, name = "unavailable")
})
public sealed interface Answer {

  /**
   * The document is kept; the world will follow. Also the answer to a repeat, and to the removal of
   * what is gone.
   *
   * @param uid the back end's own name of the object
   * @param generation the generation that it now holds: at least the one that was sent
   */
  record Accepted(String uid, long generation) implements Answer {}

  /** Refused for good: sending it again will not help. */
  record Refused(Code code, String field, String message) implements Answer {}

  /** Not known whether it took effect; safe to send again under the same key. */
  record Unavailable(String message) implements Answer {}

  /** Why a write was refused. */
  enum Code {
    INVALID,
    QUOTA,
    CAPACITY,
    GONE
  }
}
