package io.keelson.infra.app.processor;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.keelson.infra.eventstore.Outage;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Suppresses log events in which a library reports that the store is unreachable: libraries log a
 * stack trace at each attempt. The tail logs the outage once at its start and once at its end. It
 * must not suppress any other failure.
 */
final class QuietOutage extends TurboFilter {

  /** Takes effect immediately, for all loggers of the program. */
  static void install() {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext context) {
      boolean installed =
          context.getTurboFilterList().stream().anyMatch(QuietOutage.class::isInstance);
      if (!installed) {
        context.addTurboFilter(new QuietOutage());
      }
    }
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] parameters,
      @Nullable Throwable thrown) {
    boolean library =
        logger.getName().startsWith("com.github.kagkarlsson.")
            || logger.getName().startsWith("org.axonframework.");
    return library && Outage.isBehind(failure(parameters, thrown))
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }

  /** When a log line has parameters, SLF4J passes the exception as the last of them. */
  private static @Nullable Throwable failure(
      Object @Nullable [] parameters, @Nullable Throwable thrown) {
    if (thrown == null
        && parameters != null
        && parameters.length > 0
        && parameters[parameters.length - 1] instanceof Throwable last) {
      return last;
    }
    return thrown;
  }
}
