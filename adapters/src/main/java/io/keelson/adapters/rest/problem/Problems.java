package io.keelson.adapters.rest.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/**
 * Converts the exception that ends a call into its problem. Only an unexpected exception becomes a
 * 500.
 */
@RestControllerAdvice
public class Problems {
  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  @ExceptionHandler
  @Nullable ResponseEntity<Map<String, Object>> refuse(
      Exception failure, HttpServletRequest request, HttpServletResponse response) {
    ResponseEntity<Map<String, Object>> entity =
        ProblemResponses.entity(problem(failure), request.getRequestURI());
    if (response.isCommitted()) {
      return null; // A partly written response cannot be replaced.
    }
    if (failure instanceof HttpRequestMethodNotSupportedException method) {
      HttpHeaders headers = new HttpHeaders(entity.getHeaders());
      headers.setAllow(method.getHeaders().getAllow());
      return new ResponseEntity<>(entity.getBody(), headers, entity.getStatusCode());
    }
    return entity;
  }

  private static Problem problem(Exception failure) {
    return switch (failure) {
      case Refused refused -> refused.problem();
      case MethodArgumentTypeMismatchException mismatch -> mistyped(mismatch);
      // Spring's own refusals: no such route, wrong method, unsupported media type...
      case ErrorResponse response -> spring(response);
      case InvalidParameterException _ ->
          Problem.invalidArgument("query", Violation.Reason.FORMAT, "is not encoded as UTF-8");
      default ->
          isClientDisconnected(failure)
              ? Problem.plain(499, "client has disconnected")
              : unexpected(failure);
    };
  }

  /** A converter of this edge may have thrown a more precise problem for the path variable. */
  private static Problem mistyped(MethodArgumentTypeMismatchException mismatch) {
    for (Throwable cause = mismatch; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refused refused) {
        return refused.problem();
      }
    }
    return Problem.invalidArgument(
        mismatch.getName(), Violation.Reason.FORMAT, "must be a UUID, 8-4-4-4-12 digits");
  }

  private static Problem spring(ErrorResponse response) {
    HttpStatus status = HttpStatus.valueOf(response.getStatusCode().value());
    return switch (status) {
      case NOT_FOUND -> Problem.ROUTE_MISSING;
      case BAD_REQUEST ->
          Problem.invalidArgument(
              "request",
              Violation.Reason.FORMAT,
              status.getReasonPhrase().toLowerCase(Locale.ROOT));
      default -> Problem.plain(status.value(), status.getReasonPhrase());
    };
  }

  /** Whether the client has closed the connection. */
  private static boolean isClientDisconnected(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClientAbortException
          || cause instanceof AsyncRequestNotUsableException) {
        return true;
      }
    }
    return false;
  }

  private static Problem unexpected(Exception failure) {
    if (DatabaseOutage.isCauseOf(failure)) {
      log.warn("A call ends with 503: {}", failure.toString());
      return Problem.unavailable("the store cannot be reached; try again soon");
    }
    log.error("A call ends with 500", failure);
    return Problem.INTERNAL;
  }
}
