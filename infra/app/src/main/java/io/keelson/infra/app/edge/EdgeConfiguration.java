package io.keelson.infra.app.edge;

import io.keelson.adapters.rest.RestEdge;
import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.gateway.GatewayMetadata;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.problem.Violation;
import io.keelson.adapters.rest.request.Regions;
import io.keelson.adapters.simulator.Fault;
import io.keelson.adapters.simulator.Faults;
import io.keelson.adapters.simulator.Simulator;
import io.keelson.adapters.simulator.SimulatorCalls;
import io.keelson.adapters.simulator.SimulatorCallsController;
import io.keelson.infra.embedded.StartRefused;
import io.keelson.projections.Scope;
import io.keelson.projections.status.StatusTables;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The edges: the HTTP API, through which callers come, and the provider that Keelson calls. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  EdgeConfiguration.SimulatorSettings.class,
  EdgeConfiguration.DeploymentSettings.class,
  EdgeConfiguration.MetadataSettings.class
})
@Import(RestEdge.class)
class EdgeConfiguration {

  /**
   * Settings of the simulator.
   *
   * @param speed simulated seconds per real second
   * @param seed of the faults: the same seed gives the same faults
   * @param faults the probability of each fault, 0 to 1; 0 for faults that are not listed
   * @param capacity the maximum number of machines by {@code <zone>/<node_type>} or {@code
   *     <node_type>}; unlimited for those that are not listed
   */
  @ConfigurationProperties("keelson.simulator")
  record SimulatorSettings(
      @DefaultValue("40") double speed,
      @DefaultValue("1") long seed,
      @DefaultValue Map<Fault, Double> faults,
      @DefaultValue Map<String, Integer> capacity) {}

  /**
   * Settings of this deployment.
   *
   * @param regions the zones of each region that is served; empty: all known regions
   */
  @ConfigurationProperties("keelson")
  record DeploymentSettings(@DefaultValue Map<String, List<String>> regions) {}

  @Bean
  Regions regions(DeploymentSettings settings) {
    try {
      return settings.regions().isEmpty() ? Regions.ALL : new Regions(settings.regions());
    } catch (IllegalArgumentException malformed) {
      throw new StartRefused("keelson.regions: " + malformed.getMessage(), malformed);
    }
  }

  @Bean
  GatewayMetadata gatewayMetadata(MetadataSettings settings) {
    return new GatewayMetadata(settings.platform(), settings.partition(), settings.domain());
  }

  /**
   * The parts of the names by which clients address resources.
   *
   * @param domain of {@code srn://k8s.{domain}/...}
   */
  @ConfigurationProperties("keelson.metadata")
  record MetadataSettings(
      @DefaultValue("keelson") String platform,
      @DefaultValue("default") String partition,
      @DefaultValue("keelson.internal") String domain) {}

  @Bean
  Simulator provisioning(DataSource dataSource, Clock clock, SimulatorSettings settings) {
    return new Simulator(
        dataSource,
        clock,
        settings.speed(),
        new Faults(settings.seed(), settings.faults()),
        settings.capacity());
  }

  /** A caller sees the calls for clusters of its own scope, deleted clusters included. */
  @Bean
  SimulatorCallsController simulatorCalls(DataSource dataSource, StatusTables statuses) {
    return new SimulatorCallsController(
        new SimulatorCalls(dataSource),
        () -> {
          Scope scope = Caller.current().scope();
          return cluster -> statuses.owned(scope, cluster);
        },
        (argument, help) ->
            new Refused(Problem.invalidArgument(argument, Violation.Reason.FORMAT, help)));
  }
}
