package io.keelson.infra.app.start;

import io.keelson.infra.embedded.StartRefused;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Prints one line on standard error for a failed start whose cause a person can remove. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RefusalReporter implements SpringBootExceptionReporter {

  @Override
  public boolean reportException(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartRefused) {
        System.err.println("Keelson does not start: " + cause.getMessage());
        return true;
      }
      if (cause instanceof PortInUseException taken) {
        System.err.println(
            "Keelson does not start: port %d is taken by another program: stop that one, or set SERVER_PORT to another port"
                .formatted(taken.getPort()));
        return true;
      }
    }
    return false;
  }
}
