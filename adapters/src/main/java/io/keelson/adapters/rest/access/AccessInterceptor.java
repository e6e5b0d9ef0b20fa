package io.keelson.adapters.rest.access;

import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.request.RequestIds;
import io.keelson.adapters.rest.request.TraceContext;
import io.keelson.commands.Id;
import io.keelson.commands.access.PermissionSet.Permission;
import io.keelson.commands.secret.Secrets;
import io.keelson.projections.Scope;
import io.keelson.projections.access.ApiKey;
import io.keelson.projections.access.ApiKeys;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * Admits a call to an API route only with a valid key that has the permission the route requires. A
 * secret is hashed here and never passed on.
 */
@Component
public class AccessInterceptor implements HandlerInterceptor {
  private final ApiKeys keys;
  private final RefusedCalls refusedCalls;
  private final Secrets secrets;
  private final Clock clock;

  public AccessInterceptor(ApiKeys keys, RefusedCalls refusedCalls, Secrets secrets, Clock clock) {
    this.keys = keys;
    this.refusedCalls = refusedCalls;
    this.secrets = secrets;
    this.clock = clock;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof ResourceHttpRequestHandler) {
      return true; // neither a route nor a file: there is nothing to protect
    }
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      return true; // the asynchronous end of a call that was admitted before
    }
    ApiKey key = authenticate(request.getHeader("X-Auth-Token"));
    Caller caller = caller(key, request, operation(handler));
    request.setAttribute(Caller.ATTRIBUTE, caller);
    Permission needed = needed(request, handler);
    if (!caller.may(needed)) {
      throw refusedCalls.refuse(caller, needed, request);
    }
    return true;
  }

  private ApiKey authenticate(@Nullable String token) {
    if (token == null) {
      throw denied("unknown_method", "invalid_argument");
    }
    if (!Id.FORM.matcher(token).matches()) {
      throw denied("api_key", "invalid_argument");
    }
    String hash = sha256(token.toLowerCase(Locale.ROOT));
    ApiKey key = keys.bySecretHash(hash).orElseThrow(() -> denied("api_key", "not_found"));
    if (key.revoked() || !isSameText(hash, key.secretHash())) {
      throw denied("api_key", "not_found");
    }
    Instant end = key.expiresAt();
    if (end != null && !clock.instant().isBefore(end)) {
      throw denied("api_key", "expired");
    }
    return key;
  }

  private Caller caller(ApiKey key, HttpServletRequest request, String operation) {
    return new Caller(
        key.accessKey(),
        new Scope(key.organization(), key.projects()),
        key.permissionSets(),
        RequestIds.of(request),
        operation,
        Client.of(request, key.accessKey(), secrets),
        TraceContext.of(request));
  }

  /**
   * The name of an operation: the name of its handler method, unless the annotation names another.
   */
  public static String operation(Object handler) {
    RequiresPermission requirement = requirement(handler);
    if (requirement != null && !requirement.operation().isEmpty()) {
      return requirement.operation();
    }
    String name =
        handler instanceof HandlerMethod method
            ? method.getMethod().getName()
            : handler.getClass().getSimpleName();
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private static Permission needed(HttpServletRequest request, Object handler) {
    RequiresPermission requirement = requirement(handler);
    if (requirement != null) {
      return requirement.value();
    }
    HttpMethod method = HttpMethod.valueOf(request.getMethod());
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)
        ? Permission.READ
        : Permission.WRITE;
  }

  private static @Nullable RequiresPermission requirement(Object handler) {
    return handler instanceof HandlerMethod method
        ? method.getMethodAnnotation(RequiresPermission.class)
        : null;
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static boolean isSameText(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.US_ASCII), b.getBytes(StandardCharsets.US_ASCII));
  }

  private static Refused denied(String method, String reason) {
    return new Refused(Problem.deniedAuthentication(method, reason));
  }
}
