package io.keelson.infra.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One gauge with as many rows as there has been something to show. A row keeps its meter for good,
 * and only its value changes: where meters are taken away and registered anew, as by Micrometer's
 * {@code MultiGauge}, a scrape that reads meanwhile sees a row twice and answers 500 (micrometer
 * issue 6851).
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

  /** Shows these values: a row that is not among them any more shows 0. */
  void show(Map<Tags, ? extends Number> values) {
    rows.forEach(
        (tags, row) -> {
          if (!values.containsKey(tags)) {
            row.value = 0;
          }
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

    Row(Tags tags, double value) {
      this.value = value;
      Gauge.builder(name, () -> this.value)
          .description(description)
          .baseUnit(unit)
          .tags(tags)
          .register(meters);
    }
  }
}
