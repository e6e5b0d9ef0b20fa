package io.keelson.infra.app.directory;

import java.nio.file.Path;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Locks the data directory as soon as the configuration has been read: before the log file in it is
 * opened, and before any other file in it is read or written.
 */
final class DataDirectoryGuard implements EnvironmentPostProcessor, Ordered {

  @Override
  public int getOrder() {
    return ConfigDataEnvironmentPostProcessor.ORDER
        + 1; // directly after the configuration has been read
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    DataDirectory.open(Path.of(environment.getRequiredProperty("keelson.data-dir")));
  }
}
