package io.keelson.adapters.rest.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Writes errors for requests that Tomcat refuses before any filter (a malformed path, a header that
 * is too large), in place of Tomcat's own page.
 */
public class ConnectorErrors extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    int code = response.getStatus();
    if (code < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    // The connector sets these two codes for malformed requests only, so the client is at fault.
    if (code == 501 || code == 505) {
      code = 400;
      response.setStatus(code);
    }
    HttpStatus status = HttpStatus.resolve(code);
    String message =
        status == null || status.is5xxServerError()
            ? Problem.INTERNAL.message()
            : status.getReasonPhrase();
    if (response.getHeader("X-Request-Id") == null) {
      response.setHeader("X-Request-Id", UUID.randomUUID().toString());
    }
    try {
      response.setContentType("application/json");
      byte[] body = ("{\"message\":\"" + message + "\"}").getBytes(StandardCharsets.US_ASCII);
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
      response.finishResponse();
    } catch (IOException clientDisconnected) {
      container.getLogger().debug("The response could not be written", clientDisconnected);
    }
  }
}
