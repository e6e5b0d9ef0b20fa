package io.keelson.aggregates.access;

import io.keelson.aggregates.access.CallState.Absent;
import io.keelson.aggregates.access.CallState.Kept;
import io.keelson.commands.access.CallCommand;
import io.keelson.commands.access.CallCommand.RecordCallRefused;
import io.keelson.commands.access.CallCommand.RecordSecretRead;
import io.keelson.commands.access.CallEvent;
import io.keelson.commands.access.CallEvent.CallRefused;
import io.keelson.commands.access.CallEvent.SecretRead;
import java.util.List;

/** Keeps what is worth auditing of one call, once. */
public final class CallDecider {

  private CallDecider() {}

  public static List<CallEvent> decide(CallCommand command, CallState state) {
    return switch (state) {
      case Kept _ -> List.of();
      case Absent _ ->
          switch (command) {
            case RecordCallRefused c ->
                List.of(
                    new CallRefused(
                        c.call(),
                        c.organization(),
                        c.accessKey(),
                        c.operation(),
                        c.permission(),
                        c.cluster(),
                        c.client()));
            case RecordSecretRead c ->
                List.of(
                    new SecretRead(
                        c.call(),
                        c.organization(),
                        c.accessKey(),
                        c.cluster(),
                        c.secret(),
                        c.client()));
          };
    };
  }

  public static CallState evolve(CallState state, CallEvent event) {
    return switch (event) {
      case CallRefused _, SecretRead _ -> new Kept();
    };
  }
}
