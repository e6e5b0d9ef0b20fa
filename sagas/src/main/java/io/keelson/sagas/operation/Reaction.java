package io.keelson.sagas.operation;

import io.keelson.commands.Command;
import io.keelson.commands.DomainEvent;
import java.util.List;

/** Commands that follow from an event. The same event always has the same effects. */
@FunctionalInterface
public interface Reaction {

  /** A rejection of one of them changes nothing: the subject no longer needs it. */
  List<Command> effects(DomainEvent event);
}
