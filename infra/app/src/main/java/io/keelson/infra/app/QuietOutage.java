package io.keelson.infra.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.keelson.infra.eventstore.connection.StoreOutage;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Keeps libraries from saying with a stack trace at each of their tries that the store cannot be
 * reached: the tail says so, once when it is lost and once when it is back. It must hide nothing
 * else.
 */
final class QuietOutage extends TurboFilter {

  /** Takes effect at once, for the whole program. */
  static void install() {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext context) {
      boolean there = context.getTurboFilterList().stream().anyMatch(QuietOutage.class::isInstance);
      if (!there) {
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
    return library && StoreOutage.isBehind(failure(parameters, thrown))
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }

  /** SLF4J hands an exception over as the last parameter where there are others. */
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
