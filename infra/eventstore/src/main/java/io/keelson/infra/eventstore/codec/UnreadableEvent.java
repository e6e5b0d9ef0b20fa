package io.keelson.infra.eventstore.codec;

import org.jspecify.annotations.Nullable;

/** A stored event cannot be read; a stream that contains it cannot be loaded. */
public sealed class UnreadableEvent extends RuntimeException permits NewerEvent {

  private static final long serialVersionUID = 1L;

  UnreadableEvent(String type, int revision, String why, @Nullable Throwable cause) {
    super("%s revision %d cannot be read: %s".formatted(type, revision, why), cause);
  }
}
