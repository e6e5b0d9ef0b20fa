package io.keelson.commands;

import java.util.function.Consumer;

/** A way in for those whose own rows must stand or fall with what a command brings about. */
public interface JointCommands extends Commands {

  /**
   * Like {@link #send(Command, Origin)}.
   *
   * @param alongside runs in the command's transaction, also where no event follows, and is given
   *     what came of it; what it throws undoes both, and reaches the caller. A command that is run
   *     again runs it again.
   * @throws CommandRejected when the command was refused: then nothing of {@code alongside} stays
   */
  Receipt send(Command command, Origin origin, Consumer<Receipt> alongside);
}
