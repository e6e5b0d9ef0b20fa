package io.keelson.aggregates.release;

import io.keelson.aggregates.release.ReleaseState.Absent;
import io.keelson.aggregates.release.ReleaseState.Published;
import io.keelson.commands.release.ReleaseCommand;
import io.keelson.commands.release.ReleaseCommand.PublishRelease;
import io.keelson.commands.release.ReleaseEvent;
import io.keelson.commands.release.ReleaseEvent.ReleasePublished;
import java.util.List;

/**
 * What may happen to a release. The first publication stands, so that no later start moves a date.
 */
public final class ReleaseDecider {

  private ReleaseDecider() {}

  public static List<ReleaseEvent> decide(ReleaseCommand command, ReleaseState state) {
    return switch (command) {
      case PublishRelease c ->
          switch (state) {
            case Absent _ -> List.of(new ReleasePublished(c.release()));
            case Published _ -> List.of();
          };
    };
  }

  public static ReleaseState evolve(ReleaseState state, ReleaseEvent event) {
    return switch (event) {
      case ReleasePublished e -> new Published(e.release());
    };
  }
}
