package io.keelson.infra.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One gauge with as many rows as there is something to show. A row that stays keeps its meter, and
 * only its value changes: Micrometer's {@code MultiGauge} replaces the meters, and a scrape that
 * reads meanwhile sees a row twice and answers 500 (micrometer issue 6851).
 *
 * <p>Shown by one thread at a time; may be scraped by others meanwhile.
 */
final class GaugeRows {

  private final MeterRegistry meters;
  private final String name;
  private final String description;
  private final @Nullable String unit;
  private final Map<Tags, Row> rows = new HashMap<>();

  GaugeRows(MeterRegistry meters, String name, String description) {
    this(meters, name, description, null);
  }

  GaugeRows(MeterRegistry meters, String name, String description, @Nullable String unit) {
    this.meters = meters;
    this.name = name;
    this.description = description;
    this.unit = unit;
  }

  /** Shows exactly these rows: a row that is not among them any more is taken away. */
  void show(Map<Tags, ? extends Number> values) {
    rows.entrySet()
        .removeIf(
            shown -> {
              boolean gone = !values.containsKey(shown.getKey());
              if (gone) {
                meters.remove(shown.getValue().gauge);
              }
              return gone;
            });
    values.forEach(
        (tags, value) -> {
          Row row = rows.get(tags);
          if (row == null) {
            rows.put(tags, new Row(tags, value.doubleValue()));
          } else {
            row.value = value.doubleValue();
          }
        });
  }

  private final class Row {

    private volatile double value;
    private final Gauge gauge;

    Row(Tags tags, double value) {
      this.value = value;
      this.gauge =
          Gauge.builder(name, () -> this.value)
              .description(description)
              .baseUnit(unit)
              .tags(tags)
              .register(meters);
    }
  }
}
