package io.keelson.infra.app.start;

import io.keelson.infra.embedded.EmbeddedKafka;
import io.keelson.infra.embedded.StartRefused;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** Logs one line when the start is complete: how long it took, and the addresses. */
final class ReadyLine implements ApplicationListener<ApplicationReadyEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(ReadyLine.class);

  private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(60);

  @Override
  public void onApplicationEvent(ApplicationReadyEvent event) {
    ConfigurableApplicationContext context = event.getApplicationContext();
    Environment environment = context.getEnvironment();
    if (environment.acceptsProfiles(Profiles.of("servers"))) {
      context.getBeanProvider(EmbeddedKafka.class).ifAvailable(ReadyLine::await);
      LOG.info(
          "The embedded servers are ready in {}: {} (to join them: set -a; . {}/servers.env)",
          uptime(),
          Stream.of(EmbeddedServers.DATABASE, EmbeddedServers.KAFKA)
              .map(environment::getProperty)
              .collect(Collectors.joining(", ")),
          environment.getProperty("keelson.data-dir"));
      return;
    }
    LOG.info(
        "Keelson is ready in {}: http://127.0.0.1:{} (Kubernetes API under /k8s/v1, health under"
            + " /actuator/health)",
        uptime(),
        environment.getProperty("local.server.port"));
  }

  /** An instance that joins the servers needs both of them. */
  private static void await(EmbeddedKafka kafka) {
    try {
      kafka.awaitUp(KAFKA_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefused("the start was interrupted", e);
    }
  }

  /** Measured from the start of the JVM, as a person experiences it. */
  private static String uptime() {
    double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }
}
