package io.keelson.infra.eventstore.processor;

/**
 * Where somebody who must understand every event had to stop: before one that this program does not
 * know, so that a newer one must have written it.
 *
 * @param type and revision of that event
 * @param position where it stands
 * @param readUpTo the position of the last event before it that was handed out, or from which the
 *     reading began
 */
public record StopPosition(String type, int revision, long position, long readUpTo) {

  @Override
  public String toString() {
    return "%s revision %d at position %d".formatted(type, revision, position);
  }
}
