package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.commands.release.Release;
import io.keelson.commands.spec.PoolChange;
import org.jspecify.annotations.Nullable;

/** Reads a change of a pool. A member that cannot be changed is ignored, as recorded. */
final class PoolChangeRequest {

  private PoolChangeRequest() {}

  /**
   * The changes that the body contains.
   *
   * @param external whether the pool's nodes run at other providers
   * @param release the release of the pool's version; null: what it offers is not checked
   */
  static PoolChange read(JsonArguments body, boolean external, @Nullable Release release) {
    JsonArguments policy = body.object("upgrade_policy");
    return new PoolChange(
        flag(body, "autoscaling"),
        size(body, external),
        nodes(body, "min_size"),
        nodes(body, "max_size"),
        flag(body, "autohealing"),
        body.isGiven("tags") ? body.texts("tags", PoolRequest.MAX_TAG_LENGTH) : null,
        body.isGiven("kubelet_args") ? KubeletArguments.read(body, release) : null,
        policy == null ? null : nodes(policy, "max_unavailable"),
        policy == null ? null : nodes(policy, "max_surge"),
        body.uuid("security_group_id"),
        null,
        null,
        null);
  }

  private static @Nullable Boolean flag(JsonArguments body, String name) {
    return body.isGiven(name) ? body.flag(name, false) : null;
  }

  private static @Nullable Integer size(JsonArguments body, boolean external) {
    Integer size = nodes(body, "size");
    if (size != null && size > 0 && external) {
      body.refuse("size", Reason.CONSTRAINT, PoolSize.EXTERNAL_HELP);
    }
    return size;
  }

  private static @Nullable Integer nodes(JsonArguments body, String name) {
    Long number = body.number(name, 0, PoolSize.MAX_NODES);
    return number == null ? null : number.intValue();
  }
}
