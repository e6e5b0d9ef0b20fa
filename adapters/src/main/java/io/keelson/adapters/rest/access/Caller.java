package io.keelson.adapters.rest.access;

import io.keelson.commands.Origin;
import io.keelson.commands.access.AccessKey;
import io.keelson.commands.access.PermissionSet;
import io.keelson.commands.access.PermissionSet.Permission;
import io.keelson.projections.Scope;
import java.util.Set;
import java.util.UUID;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * The authenticated caller of a request.
 *
 * @param operation the requested operation, by the API's name: {@code CreateCluster}
 * @param client who called, from where; its values are kept as a secret at the first use
 * @param traceparent the trace context of everything that the call causes (W3C Trace Context)
 */
public record Caller(
    AccessKey accessKey,
    Scope scope,
    Set<PermissionSet> permissionSets,
    UUID requestId,
    String operation,
    Client client,
    String traceparent) {

  /** The request attribute that holds the caller. */
  public static final String ATTRIBUTE = "caller";

  public Caller {
    permissionSets = Set.copyOf(permissionSets);
  }

  /**
   * The caller of the request that the current thread serves.
   *
   * @throws IllegalStateException outside of an authenticated request
   */
  public static Caller current() {
    Object caller =
        RequestContextHolder.currentRequestAttributes()
            .getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
    if (caller instanceof Caller known) {
      return known;
    }
    throw new IllegalStateException("no caller is authenticated for this request");
  }

  public boolean may(Permission permission) {
    return permissionSets.stream().anyMatch(set -> set.allows(permission));
  }

  /** The origin of the caller's commands. It keeps the client as a secret. */
  public Origin origin() {
    return Origin.request(
        accessKey.value(), requestId, new Origin.Call(operation, client.ref()), traceparent);
  }
}
