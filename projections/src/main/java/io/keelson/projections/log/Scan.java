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
 * One part of a table that is ordered by position, inside a scope. Of each owner's rows it looks
 * through a bounded number, along the index of the first condition; the others are held against
 * what is found there. So no question is costly, whoever asks and however little fits.
 */
final class Scan {

  /** So many rows are looked through for one part, unless it is said otherwise. */
  static final int MOST = 10_000;

  private final String table;
  private final String columns;
  private final Map<String, Object> params = new HashMap<>();
  private final List<String> conditions = new ArrayList<>();
  private String path = "";
  private String order = "asc";
  private int most = MOST;

  /**
   * @param columns that are shown, beside the position
   * @param shared whether what is everybody's is shown too
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

  /** Looks through fewer rows for one part. */
  Scan within(int rows) {
    most = rows;
    return this;
  }

  /** Only rows that have this value; the first that is given should be the rarest. */
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

  /** Only rows of which this is true, a condition of which no index knows. */
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
    // Where no condition is left every row that is looked at fits.
    params.put("most", conditions.isEmpty() ? limit + 1 : most);
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
            order by position %3$s limit :most) as found
        order by position %3$s limit :most),
    fitting as (
        select position, %5$s from scanned where %4$s order by position %3$s limit :limit)
    select cut.*, fitting.* from (
        select case when count(*) = :most
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
