package io.keelson.commands.access;

import io.keelson.commands.ClusterId;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.SecretRef;
import org.jspecify.annotations.Nullable;

/** What has happened in single calls. */
public sealed interface CallEvent extends DomainEvent {

  CallId call();

  @Override
  default CallId stream() {
    return call();
  }

  /** A call was refused for want of a permission. */
  record CallRefused(
      CallId call,
      OrganizationId organization,
      AccessKey accessKey,
      String operation,
      String permission,
      @Nullable ClusterId cluster,
      SecretRef client)
      implements CallEvent {

    @Override
    public @Nullable ClusterId cluster() {
      return cluster;
    }
  }

  /** A secret was handed out. */
  record SecretRead(
      CallId call,
      OrganizationId organization,
      AccessKey accessKey,
      ClusterId cluster,
      String secret,
      SecretRef client)
      implements CallEvent {

    @Override
    public ClusterId cluster() {
      return cluster;
    }
  }
}
