package io.keelson.adapters.rest.request;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives every call an id, in the response and in the log. It also hides the {@code Accept} header
 * of API calls, because responses have one form only. Headers and bodies must never be logged.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class RequestIds extends OncePerRequestFilter {
  private static final Logger log = LoggerFactory.getLogger(RequestIds.class);
  private static final String ATTRIBUTE = RequestIds.class.getName();

  /** The id of a call that has passed this filter. */
  public static UUID of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof UUID id) {
      return id;
    }
    throw new IllegalStateException("the call has no id: the filter that gives it is missing");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    UUID id = UUID.randomUUID();
    request.setAttribute(ATTRIBUTE, id);
    response.setHeader("X-Request-Id", id.toString());
    MDC.put("request_id", id.toString());
    try {
      chain.doFilter(isApi(request) ? new AnythingAccepted(request) : request, response);
      if (isApi(request)) {
        log.info("{} {} {}", request.getMethod(), request.getRequestURI(), response.getStatus());
      }
    } finally {
      MDC.remove("request_id");
      MDC.remove("operation_id");
    }
  }

  private static boolean isApi(HttpServletRequest request) {
    String path = request.getRequestURI();
    return path.startsWith("/k8s/") || path.startsWith("/keelson/") || path.equals("/metadata");
  }

  /** A call without its {@code Accept} header. */
  private static final class AnythingAccepted extends HttpServletRequestWrapper {

    AnythingAccepted(HttpServletRequest request) {
      super(request);
    }

    @Override
    public @Nullable String getHeader(String name) {
      return HttpHeaders.ACCEPT.equalsIgnoreCase(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return HttpHeaders.ACCEPT.equalsIgnoreCase(name)
          ? Collections.emptyEnumeration()
          : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      List<String> names = Collections.list(super.getHeaderNames());
      names.removeIf(HttpHeaders.ACCEPT::equalsIgnoreCase);
      return Collections.enumeration(names);
    }
  }
}
