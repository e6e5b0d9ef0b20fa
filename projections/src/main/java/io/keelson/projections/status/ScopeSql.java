package io.keelson.projections.status;

import io.keelson.projections.Rows;
import io.keelson.projections.Scope;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Restricts a query to a scope. Every read for a tenant has this condition in its SQL. */
final class ScopeSql {

  /** For a query in which {@code c} is the table of clusters. */
  static final String CONDITION =
      """
      c.organization = :organization
      and (cast(:projects as uuid[]) is null or c.project = any(cast(:projects as uuid[])))
      """;

  private ScopeSql() {}

  static Map<String, @Nullable Object> params(Scope scope) {
    Map<String, @Nullable Object> params = new HashMap<>();
    params.put("organization", scope.organization().value());
    params.put("projects", scope.projects() == null ? null : Rows.array(scope.projects()));
    return params;
  }
}
