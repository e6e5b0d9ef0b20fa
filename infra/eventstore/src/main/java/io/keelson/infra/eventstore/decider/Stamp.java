package io.keelson.infra.eventstore.decider;

import io.keelson.commands.Id;
import io.keelson.commands.Origin;

/**
 * Says which origin the events of a command get. Pure: it sees only the state after those events
 * and the origin of the command.
 */
@FunctionalInterface
public interface Stamp<S> {

  /**
   * The origin that is stored with each event of the command.
   *
   * @param stream that the events are appended to
   * @param state of the stream after the decided events are folded in
   * @param origin of the command
   */
  Origin stamp(Id stream, S state, Origin origin);

  /** Every event gets the origin of its command as it is. */
  static <S> Stamp<S> unchanged() {
    return (_, _, origin) -> origin;
  }
}
