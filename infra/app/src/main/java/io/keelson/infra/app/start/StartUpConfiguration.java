package io.keelson.infra.app.start;

import io.keelson.adapters.rest.request.Regions;
import io.keelson.commands.Commands;
import io.keelson.infra.app.access.FirstKey;
import io.keelson.infra.app.directory.DataDirectory;
import io.keelson.infra.app.release.FirstReleases;
import io.keelson.projections.access.ApiKeys;
import io.keelson.projections.release.Catalogue;
import io.keelson.projections.status.Statuses;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The work before the first request: publishing the releases and issuing the first key. */
@Configuration(proxyBeanMethods = false)
class StartUpConfiguration {

  /** Longer than the takeover of the segments of a dead instance lasts. */
  private static final Duration KEY_TIMEOUT = Duration.ofSeconds(20);

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
    FirstReleases firstReleases = new FirstReleases(commands, catalogue, statuses, clock);
    FirstKey firstKey =
        new FirstKey(commands, keys, clock, directory, regions.first(), System.out, KEY_TIMEOUT);
    return _ -> {
      firstReleases.publishReleases();
      firstKey.ensure(environment.getRequiredProperty("local.server.port", Integer.class));
    };
  }
}
