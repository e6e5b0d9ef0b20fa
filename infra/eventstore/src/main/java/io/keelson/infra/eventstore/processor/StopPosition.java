package io.keelson.infra.eventstore.processor;

/**
 * Where a reader that must understand every event stopped: before an event that this program does
 * not know, because a newer program wrote it.
 *
 * @param type the type of that event
 * @param revision the revision of that event
 * @param position the position of that event
 * @param readUpTo the position of the last event that was read before it, or the position from
 *     which reading began
 */
public record StopPosition(String type, int revision, long position, long readUpTo) {

  @Override
  public String toString() {
    return "%s revision %d at position %d".formatted(type, revision, position);
  }
}
