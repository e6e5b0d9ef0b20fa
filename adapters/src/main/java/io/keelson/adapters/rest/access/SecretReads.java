package io.keelson.adapters.rest.access;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Commands;
import io.keelson.commands.access.CallCommand.RecordSecretRead;
import io.keelson.commands.access.CallId;
import org.springframework.stereotype.Component;

/** Records that a secret is handed out. The secret itself never passes through here. */
@Component
public class SecretReads {
  private final Commands commands;

  public SecretReads(Commands commands) {
    this.commands = commands;
  }

  /**
   * Records a read, which is durable when this method returns: only then may the secret be sent.
   *
   * @param secret its name, {@code kubeconfig}
   */
  public void record(Caller caller, ClusterId cluster, String secret) {
    commands.send(
        new RecordSecretRead(
            CallId.of(caller.requestId()),
            caller.scope().organization(),
            caller.accessKey(),
            cluster,
            secret,
            caller.client().ref()),
        caller.origin());
  }
}
