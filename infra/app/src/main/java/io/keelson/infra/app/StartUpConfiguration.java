package io.keelson.infra.app;

import io.keelson.adapters.rest.request.Regions;
import io.keelson.commands.Commands;
import io.keelson.projections.access.ApiKeys;
import io.keelson.projections.release.Catalogue;
import io.keelson.projections.status.Statuses;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What has to be there before the first caller comes: releases to choose from, and a key. */
@Configuration(proxyBeanMethods = false)
class StartUpConfiguration {

  /** Longer than it takes to take over from an instance that has died. */
  private static final Duration KEY_PATIENCE = Duration.ofSeconds(20);

  @Bean
  ApplicationRunner startUp(
      Commands commands,
      Catalogue catalogue,
      Statuses statuses,
      ApiKeys keys,
      Clock clock,
      DataDirectory directory,
      Regions regions,
      Environment environment) {
    FirstStart firstStart = new FirstStart(commands, catalogue, statuses, clock);
    FirstKey firstKey =
        new FirstKey(commands, keys, clock, directory, regions.first(), System.out, KEY_PATIENCE);
    return _ -> {
      firstStart.publishReleases();
      firstKey.ensure(environment.getRequiredProperty("local.server.port", Integer.class));
    };
  }
}
