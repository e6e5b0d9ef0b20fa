package io.keelson.projections.log;

import io.keelson.commands.ClusterId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.SecretRef;
import io.keelson.projections.RowJson;
import io.keelson.projections.Scope;
import io.keelson.projections.log.History.Part;
import io.keelson.projections.log.History.Range;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of {@code readmodel.audit}. */
public final class AuditTable implements AuditLog {

  private static final String TEXT =
      """
      strpos(lower(concat_ws(' ', action, outcome, initiator, principal, resource_type,
          resource_id, cluster::text, project::text, locality, request::text, detail)),
          lower(:text)) > 0
      """;

  private static final String COLUMNS =
      "request, occurred_at, action, outcome, initiator, principal, organization, project, cluster,"
          + " resource_type, resource_id, locality, observer, client_id, client_mac, detail";

  private final JdbcClient sql;

  public AuditTable(DataSource database) {
    this.sql = JdbcClient.create(database);
  }

  @Override
  public Part<Audited> audited(
      Scope scope, AuditFilter filter, Range range, boolean newestFirst, int limit) {
    Scan scan =
        new Scan("audit", COLUMNS, scope, false)
            .where("request", filter.request())
            .where("resource_id", stored(filter.resourceId()))
            .where("principal", stored(filter.principal()))
            .where("action", stored(filter.action()))
            .where("outcome", filter.outcome() == null ? null : spelt(filter.outcome()))
            .where("resource_type", stored(filter.resourceType()))
            .holding(TEXT, "text", stored(filter.text()));
    return (newestFirst ? scan.descending() : scan).part(sql, range, limit, AuditTable::audited);
  }

  static String spelt(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String stored(@Nullable String text) {
    return text == null ? null : RowJson.stored(text);
  }

  private static Audited audited(ResultSet row, int number) throws SQLException {
    return new Audited(
        row.getLong("position"),
        row.getObject("request", UUID.class),
        row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
        row.getString("action"),
        Outcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
        row.getString("initiator"),
        row.getString("principal"),
        new OrganizationId(row.getObject("organization", UUID.class)),
        id(row, "project", ProjectId::new),
        id(row, "cluster", ClusterId::new),
        row.getString("resource_type"),
        row.getString("resource_id"),
        row.getString("locality"),
        row.getString("observer"),
        client(row),
        row.getString("detail"));
  }

  private static @Nullable SecretRef client(ResultSet row) throws SQLException {
    UUID id = row.getObject("client_id", UUID.class);
    return id == null ? null : new SecretRef(id, row.getString("client_mac"));
  }

  private static <I> @Nullable I id(ResultSet row, String column, Function<UUID, I> of)
      throws SQLException {
    UUID id = row.getObject(column, UUID.class);
    return id == null ? null : of.apply(id);
  }
}
