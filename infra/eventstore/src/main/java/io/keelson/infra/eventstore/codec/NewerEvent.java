package io.keelson.infra.eventstore.codec;

/**
 * A newer program wrote an event into a stream that is being loaded. The event is correct: an
 * instance that knows it may decide in the stream, and this instance must not.
 */
public final class NewerEvent extends UnreadableEvent {

  private static final long serialVersionUID = 1L;

  NewerEvent(String type, int revision) {
    super(type, revision, "a newer Keelson wrote it", null);
  }
}
