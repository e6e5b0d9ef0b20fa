package io.keelson.infra.app.monitoring;

import io.keelson.commands.JointCommands;
import io.keelson.infra.app.processor.Processors;
import io.keelson.infra.eventstore.Instances;
import io.keelson.infra.eventstore.Tail;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The metrics at {@code /actuator/prometheus}. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

  @Bean
  @Primary
  JointCommands meteredCommands(
      @Qualifier("commands") JointCommands commands, MeterRegistry meters) {
    return new MeteredCommands(commands, meters);
  }

  @Bean
  MeterBinder tailMetrics(Tail tail) {
    return meters -> {
      gauge(
          meters,
          tail,
          "keelson.tail.decided.position",
          "The position up to which all events are known",
          null,
          t -> t.health().decided());
      gauge(
          meters,
          tail,
          "keelson.tail.lag",
          "Upper bound of the age of the oldest undecided position",
          "seconds",
          t -> seconds(t.health().lag()));
      gauge(
          meters,
          tail,
          "keelson.tail.watermark.age",
          "How long ago the decided position was read",
          "seconds",
          t -> seconds(t.health().age()));
    };
  }

  @Bean
  MeterBinder instanceMetrics(Instances instances) {
    return meters ->
        gauge(
            meters,
            instances,
            "keelson.instances",
            "Live instances in the view of this one",
            null,
            i -> i.live().size());
  }

  private static <T> void gauge(
      MeterRegistry meters,
      T of,
      String name,
      String description,
      @Nullable String unit,
      ToDoubleFunction<T> value) {
    Gauge.builder(name, of, value).description(description).baseUnit(unit).register(meters);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  @Bean
  DatabaseGaugesUpdater databaseGauges(
      DataSource dataSource, Processors processors, Tail tail, Clock clock, MeterRegistry meters) {
    return new DatabaseGaugesUpdater(
        new DatabaseGauges(dataSource, processors, tail, clock, meters));
  }
}
