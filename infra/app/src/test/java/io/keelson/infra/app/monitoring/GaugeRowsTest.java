package io.keelson.infra.app.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class GaugeRowsTest {

  private static final int SCRAPES = 20_000;

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final GaugeRows rows = new GaugeRows(meters, "keelson.test", "A test", "seconds");

  @Test
  void show_the_last_values_and_0_for_missing_ones() {
    rows.show(Map.of(of("one"), 1, of("two"), 2));
    rows.show(Map.of(of("two"), 2.5, of("three"), 3L));

    assertThat(meters.scrape().lines().filter(line -> !line.startsWith("#")))
        .containsExactlyInAnyOrder(
            "keelson_test_seconds{of=\"one\"} 0.0",
            "keelson_test_seconds{of=\"two\"} 2.5",
            "keelson_test_seconds{of=\"three\"} 3.0");
  }

  @Test
  void a_row_keeps_its_meter() {
    rows.show(Map.of(of("one"), 1));
    Gauge before = meters.get("keelson.test").gauge();
    rows.show(Map.of(of("two"), 2));
    rows.show(Map.of(of("one"), 2, of("two"), 2));

    assertThat(meters.get("keelson.test").tag("of", "one").gauge()).isSameAs(before);
    assertThat(before.value()).isEqualTo(2);
  }

  @Test
  void a_scrape_never_fails_while_rows_come_and_go() throws Exception {
    try (ExecutorService others = Executors.newSingleThreadExecutor()) {
      Future<?> scrapes =
          others.submit(
              () -> {
                for (int i = 0; i < SCRAPES; i++) {
                  meters.scrape();
                }
              });
      Random random = new Random(1);
      while (!scrapes.isDone()) {
        Map<Tags, Integer> values = new HashMap<>();
        random.ints(20, 0, 40).forEach(i -> values.put(of("row-" + i), i));
        rows.show(values);
      }
      scrapes.get();
    }
  }

  private static Tags of(String row) {
    return Tags.of("of", row);
  }
}
