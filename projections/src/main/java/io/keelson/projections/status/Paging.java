package io.keelson.projections.status;

import io.keelson.projections.Page;
import io.keelson.projections.Row;
import io.keelson.projections.Rows;
import io.keelson.projections.status.Statuses.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of the rows of a query, and their number on all pages: in one statement, so that both
 * are of the same moment.
 */
final class Paging {

  private Paging() {}

  /**
   * @param visible a query that selects {@code data}, {@code id} and the columns of {@link #column}
   */
  static <R extends Row<?>> Page<R> page(
      Rows<?, R> rows,
      String visible,
      Map<String, ? extends @Nullable Object> params,
      Order order,
      Page.Request request) {
    String query =
        """
        with visible as (%s)
        select total, data
        from (select count(*) as total from visible) as counted
        left join (
            select data, row_number() over (order by %s, id) as place
            from visible order by place limit :size offset :offset) as shown on true
        order by place
        """
            .formatted(visible, column(order));
    Map<String, @Nullable Object> all = new HashMap<>(params);
    all.put("size", request.size());
    all.put("offset", request.offset());
    List<R> found = new ArrayList<>();
    int[] total = new int[1];
    rows.each(
        query,
        all,
        line -> {
          total[0] = line.getInt("total");
          String data = line.getString("data");
          // After the last page there is the total, and no row.
          if (data != null) {
            found.add(rows.read(data));
          }
        });
    return new Page<>(found, total[0]);
  }

  /** Versions are arrays of numbers, and ordered as such; instants are text of fixed width. */
  private static String column(Order order) {
    return switch (order) {
      case CREATED_AT_ASC -> "created_at asc";
      case CREATED_AT_DESC -> "created_at desc";
      case UPDATED_AT_ASC -> "updated_at asc";
      case UPDATED_AT_DESC -> "updated_at desc";
      case NAME_ASC -> "name asc";
      case NAME_DESC -> "name desc";
      case STATUS_ASC -> "phase asc";
      case STATUS_DESC -> "phase desc";
      case VERSION_ASC -> "kubernetes_version asc";
      case VERSION_DESC -> "kubernetes_version desc";
    };
  }
}
