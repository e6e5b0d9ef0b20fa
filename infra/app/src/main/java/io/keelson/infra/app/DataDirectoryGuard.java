package io.keelson.infra.app;

import java.nio.file.Path;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Takes the data directory as soon as its name is known: before the log in it is opened, and before
 * anything that is in it is touched.
 */
final class DataDirectoryGuard implements EnvironmentPostProcessor, Ordered {

  @Override
  public int getOrder() {
    return ConfigDataEnvironmentPostProcessor.ORDER + 1; // the configuration has been read
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    DataDirectory.open(Path.of(environment.getRequiredProperty("keelson.data-dir")));
  }
}
