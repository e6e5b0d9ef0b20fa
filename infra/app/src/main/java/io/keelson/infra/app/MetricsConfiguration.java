package io.keelson.infra.app;

import io.keelson.commands.JointCommands;
import io.keelson.infra.eventstore.processor.Instances;
import io.keelson.infra.eventstore.tail.Tail;
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

/** What can be seen of the inside at {@code /actuator/prometheus}. */
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
          "No position that is not decided yet is older than this",
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
            "Instances that live, as this one sees it",
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

  /** Started and stopped with the rest that works in the background. */
  @Bean
  Surveys surveys(
      DataSource dataSource, Processors processors, Tail tail, Clock clock, MeterRegistry meters) {
    return new Surveys(new Survey(dataSource, processors, tail, clock, meters));
  }
}
