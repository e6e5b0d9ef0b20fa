package io.keelson.infra.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Profile;

/** Starts Keelson. With the profile {@code servers} nothing of it but the embedded servers. */
@Profile("!servers")
@SpringBootApplication(proxyBeanMethods = false)
public class KeelsonApplication {

  /** Exits with 1 and one line on standard error when something has to be changed first. */
  public static void main(String[] arguments) {
    // Axon 4.13 calls home otherwise.
    System.setProperty("axoniq.update-checker.disabled", "true");
    try {
      SpringApplication.run(KeelsonApplication.class, arguments);
    } catch (RuntimeException e) {
      System.exit(1); // it has been reported; an embedded server may have threads that live on
    }
  }
}
