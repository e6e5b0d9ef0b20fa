package io.keelson.adapters.rest.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Writes errors for calls that fail outside of every controller, in place of Spring Boot's own
 * page.
 */
@RestController
public class FallbackErrors implements ErrorController {

  @RequestMapping("${server.error.path:/error}")
  ResponseEntity<Map<String, Object>> error(HttpServletRequest request) {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    Object uri = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    return ProblemResponses.entity(
        status instanceof Integer code ? problem(code) : Problem.ROUTE_MISSING,
        uri == null ? "" : uri.toString());
  }

  private static Problem problem(int code) {
    HttpStatus status = HttpStatus.resolve(code);
    return status == null || status.is5xxServerError()
        ? Problem.INTERNAL
        : Problem.plain(code, status.getReasonPhrase());
  }
}
