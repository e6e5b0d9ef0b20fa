package io.keelson.infra.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Profile;

/** Starts Keelson, or only the embedded servers with the profile {@code servers}. */
@Profile("!servers")
@SpringBootApplication(proxyBeanMethods = false)
public class KeelsonApplication {

  /** Exits with 1 and one line on standard error if a person must change something first. */
  public static void main(String[] arguments) {
    // By default Axon 4.13 sends usage data to its maker.
    System.setProperty("axoniq.update-checker.disabled", "true");
    try {
      SpringApplication.run(KeelsonApplication.class, arguments);
    } catch (RuntimeException e) {
      System.exit(1); // already reported; threads of an embedded server may still run
    }
  }
}
