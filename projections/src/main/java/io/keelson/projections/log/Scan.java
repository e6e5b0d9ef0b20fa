package io.keelson.projections.log;

import io.keelson.projections.Rows;
import io.keelson.projections.Scope;
import io.keelson.projections.log.History.Part;
import io.keelson.projections.log.History.Range;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One part of a table that is ordered by position, inside a scope. It reads a bounded number of
 * each owner's rows, along the index of the first condition, and applies the other conditions to
 * these rows. So the cost of a query has a bound, even if few rows match.
 */
final class Scan {

  /** How many rows are read for one part at most, unless {@link #within} sets fewer. */
  static final int MAX_SCANNED = 10_000;

  private final String table;
  private final String columns;
  private final Map<String, Object> params = new HashMap<>();
  private final List<String> conditions = new ArrayList<>();
  private String path = "";
  private String order = "asc";
  private int maxScanned = MAX_SCANNED;

  /**
   * @param columns that are selected in addition to the position
   * @param shared whether the rows of everybody are visible too
   */
  Scan(String table, String columns, Scope scope, boolean shared) {
    this.table = table;
    this.columns = columns;
    UUID own = scope.organization().value();
    Set<UUID> owners = shared ? Set.copyOf(List.of(own, LogRow.EVERYBODY)) : Set.of(own);
    params.put("owners", Rows.array(owners));
    params.put("everybody", LogRow.EVERYBODY);
    if (scope.projects() != null) {
      conditions.add("(project = any(cast(:projects as uuid[])) or organization = :everybody)");
      params.put("projects", Rows.array(scope.projects()));
    }
  }

  Scan descending() {
    order = "desc";
    return this;
  }

  /** Reads fewer rows for one part. */
  Scan within(int rows) {
    maxScanned = rows;
    return this;
  }

  /** Only rows that have this value; the first condition should be the rarest one. */
  Scan where(String column, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    String condition = column + " = :" + column;
    if (path.isEmpty()) {
      path = "and " + condition;
    } else {
      conditions.add(condition);
    }
    params.put(column, value);
    return this;
  }

  /** Only rows that meet this condition, which no index supports. */
  Scan holding(String condition, String param, @Nullable Object value) {
    if (value != null) {
      conditions.add(condition);
      params.put(param, value);
    }
    return this;
  }

  /** Reads one part; both ends of the range are exclusive. */
  <T> Part<T> part(JdbcClient sql, Range range, int limit, RowMapper<T> row) {
    params.put("after", range.after());
    params.put("before", range.before());
    // Without a further condition every row that is read matches.
    params.put("max_scanned", conditions.isEmpty() ? limit + 1 : maxScanned);
    params.put("limit", limit + 1);
    List<T> items = new ArrayList<>();
    List<Long> positions = new ArrayList<>();
    @Nullable Long[] cut = new Long[1];
    sql.sql(query())
        .params(params)
        .query(
            (ResultSet line) -> {
              cut[0] = number(line, "scanned_to");
              Long position = number(line, "position");
              if (position != null) {
                positions.add(position);
                items.add(row.mapRow(line, items.size()));
              }
            });
    return items.size() > limit
        ? new Part<>(items.subList(0, limit), positions.get(limit - 1))
        : new Part<>(items, cut[0]);
  }

  String query() {
    String all = conditions.isEmpty() ? "true" : String.join(" and ", conditions);
    return """
    with scanned as (
        select found.* from unnest(cast(:owners as uuid[])) as owner (organization)
        cross join lateral (
            select * from readmodel.%1$s
            where organization = owner.organization
            and position > :after and position < :before %2$s
            order by position %3$s limit :max_scanned) as found
        order by position %3$s limit :max_scanned),
    fitting as (
        select position, %5$s from scanned where %4$s order by position %3$s limit :limit)
    select cut.*, fitting.* from (
        select case when count(*) = :max_scanned
            then case '%3$s' when 'asc' then max(position) else min(position) end end as scanned_to
        from scanned) as cut
    left join fitting on true
    order by position %3$s
    """
        .formatted(table, path, order, all, columns);
  }

  Map<String, Object> params() {
    return params;
  }

  private static @Nullable Long number(ResultSet line, String column) throws SQLException {
    long value = line.getLong(column);
    return line.wasNull() ? null : value;
  }
}
