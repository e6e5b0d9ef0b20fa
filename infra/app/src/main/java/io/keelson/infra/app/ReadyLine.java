package io.keelson.infra.app;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** The one line that says that everything runs, and where. */
final class ReadyLine implements ApplicationListener<ApplicationReadyEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(ReadyLine.class);

  @Override
  public void onApplicationEvent(ApplicationReadyEvent event) {
    Environment environment = event.getApplicationContext().getEnvironment();
    // What a person waits for begins with the JVM, not with Spring.
    double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
    String after = String.format(Locale.ROOT, "%.1f s", seconds);
    if (environment.acceptsProfiles(Profiles.of("servers"))) {
      LOG.info(
          "The embedded servers are ready in {}: {} (to join them: set -a; . {}/servers.env)",
          after,
          environment.getProperty("spring.datasource.url"),
          environment.getProperty("keelson.data-dir"));
      return;
    }
    LOG.info(
        "Keelson is ready in {}: http://127.0.0.1:{} (Kubernetes API under /k8s/v1, health under"
            + " /actuator/health)",
        after,
        environment.getProperty("local.server.port"));
  }
}
