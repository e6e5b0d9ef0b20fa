package io.keelson.projections.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import io.keelson.infra.testing.TestPostgres;
import io.keelson.projections.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Over 100,000 rows of ten organizations, each question reads few of them, along its index. */
class ScanTest {

  private static final DataSource DATABASE = TestPostgres.database("readmodel");
  private static final int PAGE = 100;

  @BeforeAll
  static void fill() {
    JdbcTemplate sql = new JdbcTemplate(DATABASE);
    sql.execute(
        """
        create function id(kind int, number bigint) returns uuid language sql immutable as $$
            select (lpad(to_hex(kind), 16, '0') || lpad(to_hex(number), 16, '0'))::uuid
        $$
        """);
    sql.execute(
        """
        insert into readmodel.log (position, reached_at, id, type, open, stream, stream_version,
            organization, project, cluster, node, operation, initiator, principal, correlation,
            request,
            cause_source, cause_id)
        select n, timestamptz '2026-01-01' + n * interval '1 second', id(9, n), 'type.' || n % 50,
            n % 100 <> 0, id(8, n % 5000), n / 5000, id(1, n % 10), id(2, n % 20),
            id(3, n % 1000), id(4, n % 10000), id(5, n % 10000), 'initiator-' || n % 200,
            'principal-' || n % 200,
            id(6, n / 10), null, 's', 'i'
        from generate_series(1, 100000) as n
        """);
    sql.execute(
        """
        insert into readmodel.audit (position, request, occurred_at, action, outcome, initiator,
            principal, organization, project, cluster, resource_type, resource_id, locality,
            observer, detail)
        select n, id(7, n), now(), 'Action' || n % 50,
            case when n % 1000 = 1 then 'refused' else 'success' end,
            'principal-' || n % 200, 'principal-' || n % 200, id(1, n % 10), id(2, n % 20),
            id(3, n % 1000), 'kube_' || n % 3, id(3, n % 1000)::text, 'fr-par', 'o', null
        from generate_series(1, 100000) as n
        """);
    sql.execute("analyze readmodel.log");
    sql.execute("analyze readmodel.audit");
  }

  private static UUID id(int kind, long number) {
    return new UUID(kind, number);
  }

  static Stream<Arguments> questions() {
    Map<String, Object> log = new LinkedHashMap<>();
    log.put("correlation", id(6, 11));
    log.put("operation", id(5, 11));
    log.put("node", id(4, 11));
    log.put("cluster", id(3, 11));
    log.put("id", id(9, 11));
    log.put("initiator", "initiator-11");
    log.put("principal", "principal-11");
    log.put("type", "type.11");
    Map<String, Object> audit = new LinkedHashMap<>();
    audit.put("request", id(7, 11));
    audit.put("resource_id", id(3, 11).toString());
    audit.put("principal", "principal-11");
    audit.put("action", "Action11");
    audit.put("outcome", "refused");
    audit.put("resource_type", "kube_1");
    List<Arguments> all = new ArrayList<>();
    for (boolean descending : new boolean[] {false, true}) {
      log.forEach((column, value) -> all.add(Arguments.of("log", column, value, descending)));
      audit.forEach((column, value) -> all.add(Arguments.of("audit", column, value, descending)));
      all.add(Arguments.of("log", "type", null, descending));
      all.add(Arguments.of("audit", "action", null, descending));
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0} by {1} = {2}, descending {3}")
  @MethodSource("questions")
  void reads_a_bounded_number_of_rows(
      String table, String column, @Nullable Object value, boolean descending) {
    for (Scope scope :
        List.of(
            new Scope(new OrganizationId(id(1, 1)), null),
            new Scope(new OrganizationId(id(1, 1)), Set.of(new ProjectId(id(2, 11)))))) {
      Scan scan = new Scan(table, "principal", scope, table.equals("log")).where(column, value);
      List<JsonNode> readers = readers(descending ? scan.descending() : scan);

      assertThat(readers).isNotEmpty();
      double read = 0;
      for (JsonNode reader : readers) {
        assertThat(reader.get("Node Type").asString()).isNotEqualTo("Seq Scan");
        double loops = reader.get("Actual Loops").asDouble();
        read += reader.get("Actual Rows").asDouble() * loops;
        read += reader.path("Rows Removed by Filter").asDouble() * loops;
      }
      assertThat(read).isPositive().isLessThanOrEqualTo(2.0 * Scan.MAX_SCANNED);
      if (value != null) {
        assertThat(readers).allMatch(r -> r.path("Rows Removed by Filter").asInt() == 0);
      }
    }
  }

  /** Whatever reads the table. */
  private static List<JsonNode> readers(Scan scan) {
    Map<String, Object> params = scan.params();
    params.putAll(
        Map.of(
            "after",
            0L,
            "before",
            Long.MAX_VALUE,
            "max_scanned",
            Scan.MAX_SCANNED,
            "limit",
            PAGE + 1));
    String plan =
        JdbcClient.create(DATABASE)
            .sql("explain (analyze, format json) " + scan.query())
            .params(params)
            .query(String.class)
            .single();
    List<JsonNode> found = new ArrayList<>();
    collect(JsonMapper.shared().readTree(plan).get(0).get("Plan"), found);
    return found;
  }

  private static void collect(JsonNode node, List<JsonNode> found) {
    if (node.has("Relation Name")) {
      found.add(node);
    }
    node.path("Plans").forEach(child -> collect(child, found));
  }
}
