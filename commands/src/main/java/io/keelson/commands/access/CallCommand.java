package io.keelson.commands.access;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Command;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.SecretRef;
import org.jspecify.annotations.Nullable;

/** What is kept of single calls: each has a stream of its own, so that none waits for another. */
public sealed interface CallCommand extends Command {

  CallId call();

  @Override
  default CallId stream() {
    return call();
  }

  /**
   * A call was refused for want of a permission.
   *
   * @param operation the API's operation, {@code CreateCluster}
   * @param permission what was missing
   */
  record RecordCallRefused(
      CallId call,
      OrganizationId organization,
      AccessKey accessKey,
      String operation,
      String permission,
      @Nullable ClusterId cluster,
      SecretRef client)
      implements CallCommand {}

  /** A secret was handed out. */
  record RecordSecretRead(
      CallId call,
      OrganizationId organization,
      AccessKey accessKey,
      ClusterId cluster,
      String secret,
      SecretRef client)
      implements CallCommand {}
}
