package io.keelson.adapters.rest.access;

import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Commands;
import io.keelson.commands.Id;
import io.keelson.commands.access.CallCommand.RecordCallRefused;
import io.keelson.commands.access.CallId;
import io.keelson.commands.access.PermissionSet.Permission;
import io.keelson.projections.status.Statuses;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Refuses calls for which the caller lacks a permission. Every refusal is recorded as an event
 * first.
 */
@Component
public class RefusedCalls {
  private static final Pattern KIND =
      Pattern.compile("^/(?:k8s/v1/regions/\\{region}|keelson/v1)/([a-z-]+)");

  private final Commands commands;
  private final Statuses statuses;

  public RefusedCalls(Commands commands, Statuses statuses) {
    this.commands = commands;
    this.statuses = statuses;
  }

  /** Records the refusal and returns the exception, which the caller of this method throws. */
  public Refused refuse(Caller caller, Permission missing, HttpServletRequest request) {
    commands.send(
        new RecordCallRefused(
            CallId.of(caller.requestId()),
            caller.scope().organization(),
            caller.accessKey(),
            caller.operation(),
            missing.name().toLowerCase(Locale.ROOT),
            cluster(caller, request),
            caller.client().ref()),
        caller.origin());
    return new Refused(
        Problem.permissionsDenied(missing.name().toLowerCase(Locale.ROOT), resource(request)));
  }

  /**
   * The cluster of the path, if it is the caller's own. Another tenant's cluster is never recorded.
   */
  private @Nullable ClusterId cluster(Caller caller, HttpServletRequest request) {
    Map<?, ?> variables = variables(request);
    if (variables.get("region") instanceof String region
        && variables.get("cluster_id") instanceof String text
        && Id.FORM.matcher(text).matches()) {
      ClusterId id = ClusterId.of(text);
      return statuses.cluster(caller.scope(), region, id).isPresent() ? id : null;
    }
    return null;
  }

  /** The kind of resource of a route: {@code clusters} of {@code .../clusters/{id}}. */
  private static String resource(HttpServletRequest request) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    Matcher kind = KIND.matcher(String.valueOf(pattern));
    return kind.find() ? kind.group(1).replace('-', '_') : "route";
  }

  private static Map<?, ?> variables(HttpServletRequest request) {
    Object found = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
    return found instanceof Map<?, ?> map ? map : Map.of();
  }
}
