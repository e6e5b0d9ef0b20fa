package io.keelson.infra.app.monitoring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One gauge with a row for each set of tags that has ever had a value. A row keeps its meter, and
 * only its value changes. Micrometer's {@code MultiGauge} removes meters and registers them again:
 * a scrape during that time reads a row twice and fails with status 500 (micrometer issue 6851).
 *
 * <p>One thread at a time may call {@link #show}; other threads may scrape at the same time.
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

  /** Sets these values; every other row is set to 0. */
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
