package io.keelson.projections;

import java.sql.Types;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One table whose rows are stored as JSON; every other column is generated from that. It joins the
 * current transaction and never overwrites a newer version with an older one.
 */
public final class Rows<I, R extends Row<I>> {

  private static final Logger LOG = LoggerFactory.getLogger(Rows.class);

  private final JdbcClient sql;
  private final String table;
  private final Class<R> type;

  /**
   * @param table with its schema
   */
  public Rows(DataSource database, String table, Class<R> type) {
    this.sql = JdbcClient.create(database);
    this.table = table;
    this.type = type;
  }

  /**
   * Loads the rows that the events are about, folds the events into them in order, and writes the
   * rows that changed: one query and one statement, however many there are.
   *
   * @param first the row that an event creates; empty if it creates none
   * @return the rows as they are now
   */
  public <E> Map<I, R> fold(
      List<Delivery<E>> deliveries,
      Function<E, I> id,
      Function<Delivery<E>, Optional<R>> first,
      BiFunction<R, Delivery<E>, R> after) {
    Map<I, R> stored = load(deliveries.stream().map(d -> id.apply(d.event())).distinct().toList());
    Map<I, R> rows = new HashMap<>(stored);
    for (Delivery<E> d : deliveries) {
      I subject = id.apply(d.event());
      R row = rows.get(subject);
      Optional<R> next = row == null ? first.apply(d) : Optional.of(after.apply(row, d));
      if (next.isEmpty()) {
        LOG.warn(
            "{}: event {} of {} came before the event that creates its row",
            table,
            d.version(),
            subject);
      }
      next.ifPresent(r -> rows.put(subject, r));
    }
    saveNewer(stored, rows);
    return rows;
  }

  /** Writes the rows whose version has grown since they were loaded. */
  public void saveNewer(Map<I, R> stored, Map<I, R> rows) {
    save(
        rows.values().stream()
            .filter(
                row -> {
                  R before = stored.get(row.id());
                  return before == null || row.version() > before.version();
                })
            .toList());
  }

  public Map<I, R> load(Collection<I> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    // With type OTHER the server decides the element type of the array.
    return sql
        .sql("select data from " + table + " where id = any(:ids)")
        .param("ids", array(ids), Types.OTHER)
        .query((row, _) -> read(row.getString("data")))
        .list() // a stream of the query would keep its connection until somebody closes it
        .stream()
        .collect(Collectors.toMap(Row::id, r -> r));
  }

  /** The rows whose column {@code data} a query selects. */
  public List<R> select(String query, Map<String, ? extends @Nullable Object> params) {
    return statement(query, params).query((row, _) -> read(row.getString("data"))).list();
  }

  public Optional<R> selectOne(String query, Map<String, ? extends @Nullable Object> params) {
    return select(query, params).stream().findFirst();
  }

  /** Passes each line of a query to a callback. */
  public void each(
      String query, Map<String, ? extends @Nullable Object> params, RowCallbackHandler line) {
    statement(query, params).query(line);
  }

  private JdbcClient.StatementSpec statement(
      String query, Map<String, ? extends @Nullable Object> params) {
    JdbcClient.StatementSpec statement = sql.sql(query);
    params.forEach(
        (name, value) ->
            statement.param(name, value instanceof String text ? RowJson.stored(text) : value));
    return statement;
  }

  /** Writes rows; a stored row of the same or a newer version stays. */
  public void save(Collection<R> rows) {
    if (rows.isEmpty()) {
      return;
    }
    // Always in the same order, so that two writers cannot deadlock.
    List<R> ordered =
        rows.stream().sorted(Comparator.comparing((R row) -> row.id().toString())).toList();
    sql.sql(
            """
            insert into %s as old (data)
            select value from jsonb_array_elements(cast(:rows as jsonb))
            on conflict (id) do update set data = excluded.data
            where excluded.version > old.version
            """
                .formatted(table))
        .param("rows", RowJson.MAPPER.writeValueAsString(ordered))
        .update();
  }

  public void truncate() {
    sql.sql("truncate table " + table).update();
  }

  public R read(String json) {
    return RowJson.MAPPER.readValue(json, type);
  }

  /** The text form of an array of ids: none of them needs quotes. */
  public static String array(Collection<?> ids) {
    return ids.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
  }
}
