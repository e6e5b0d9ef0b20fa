package io.keelson.adapters.rest.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Chronicle.Written;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Shelf;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Origin;
import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import io.keelson.commands.access.CallCommand.RecordCallRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AuditRoutesTest extends EdgeTest {
  private static final String AUDIT = "/keelson/v1/audit";
  private static final String SOMEBODY = "SCWSOMEBODY000000000";

  private final ClusterId ours = new ClusterId(UUID.randomUUID());
  private final ClusterId siblings = new ClusterId(UUID.randomUUID());
  private final ClusterId theirs = new ClusterId(UUID.randomUUID());
  private final UUID pool = UUID.randomUUID();
  private final UUID creation = UUID.randomUUID();
  private long start;

  /** Four requests of our organization, one of a sibling project, one of another organization. */
  @BeforeEach
  void begin() {
    start = chronicle.head();
    Origin create = call(creation, "CreateCluster", "192.0.2.1");
    chronicle.write(
        cluster(ours, Tenants.ORGANIZATION.toString(), Tenants.PROJECT.toString()).by(create),
        Written.of("pool.creation-started", ours, "{\"pool\":\"" + pool + "\"}").by(create),
        Written.of("operation.started", ours, "{}")
            .by(create.causedBy(UUID.randomUUID(), "processes", null)),
        cluster(siblings, Tenants.ORGANIZATION.toString(), Tenants.SIBLING_PROJECT.toString())
            .by(call(UUID.randomUUID(), "CreateCluster", "192.0.2.2")),
        cluster(theirs, Tenants.OTHER_ORGANIZATION.toString(), Tenants.OTHER_PROJECT.toString())
            .by(call(UUID.randomUUID(), "CreateCluster", "192.0.2.3")),
        Written.of("pool.update-started", ours, "{\"pool\":\"" + pool + "\"}")
            .by(call(UUID.randomUUID(), "SetPoolLabels", "192.0.2.4")),
        kept("call.refused", null, "\"operation\":\"DeleteCluster\",\"permission\":\"write\"")
            .by(call(UUID.randomUUID(), "DeleteCluster", "192.0.2.5")),
        kept("call.secret-read", ours, "\"secret\":\"kubeconfig\"")
            .by(call(UUID.randomUUID(), "GetClusterKubeConfig", "192.0.2.6")),
        Written.of("cluster.gone-observed", ours, "{}")
            .by(Origin.system("observer", Origin.SYSTEM, "1")));
  }

  private static Written cluster(ClusterId id, String organization, String project) {
    return Written.of(
        "cluster.creation-started",
        id,
        "{\"organization\":\"%s\",\"project\":\"%s\",\"region\":\"fr-par\"}"
            .formatted(organization, project));
  }

  private static Written kept(String type, @Nullable ClusterId cluster, String more) {
    return Written.of(
            type,
            cluster,
            "{\"organization\":\"%s\",\"access_key\":\"%s\",%s}"
                .formatted(Tenants.ORGANIZATION, SOMEBODY, more))
        .in(UUID.randomUUID(), 0);
  }

  private Origin call(UUID request, String action, String ip) {
    return Origin.request(SOMEBODY, request, new Origin.Call(action, client(ip)), "00-1-2-00");
  }

  private SecretRef client(String ip) {
    return vault.keep(
        SecretSubject.principal(SOMEBODY),
        "{\"source_ip\":\"%s\",\"user_agent\":\"Curl/8\"}".formatted(ip).getBytes(UTF_8));
  }

  private List<Long> positions(String key, String query) {
    return call("GET", AUDIT + "?from=" + (start + 1) + query, key, null)
        .json()
        .get("items")
        .valueStream()
        .map(item -> item.get("position").asLong() - start)
        .toList();
  }

  @Test
  void answers_the_seven_questions() {
    Answer answer = get(AUDIT + "?request_id=" + creation);

    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.body())
        .isEqualTo(
            """
            {"items":[{"position":%d,"occurred_at":"2030-05-04T03:02:01.123456Z",\
            "action":"CreateCluster","outcome":"success","initiator":"SCWSOMEBODY000000000",\
            "principal":"SCWSOMEBODY000000000",\
            "organization_id":"%s","project_id":"%s","cluster_id":"%s",\
            "resource_type":"kube_cluster","resource_id":"%4$s","locality":"fr-par",\
            "observer":"/keelson/requests","source_ip":"192.0.2.1","user_agent":"Curl/8",\
            "request_id":"%5$s","detail":null}],"next_cursor":null}\
            """
                .formatted(start + 1, Tenants.ORGANIZATION, Tenants.PROJECT, ours, creation));
  }

  @Test
  void reveals_all_clients_of_a_page_at_once() {
    vault.pages.clear();

    assertThat(positions(Tenants.ADMIN, "")).hasSize(5);

    assertThat(vault.pages).containsExactly(5);
  }

  @Test
  void shows_a_request_whose_client_has_been_erased_without_it() {
    vault.erase(SecretSubject.principal(SOMEBODY));

    JsonNode row = get(AUDIT + "?request_id=" + creation).json().at("/items/0");

    assertThat(row.get("principal").asString()).isEqualTo(SOMEBODY);
    assertThat(row.get("source_ip").isNull()).isTrue();
    assertThat(row.get("user_agent").isNull()).isTrue();
    assertThat(positions(Tenants.ADMIN, "&source_ip=192.0.2.1")).isEmpty();
  }

  @Test
  void shows_a_request_whose_client_is_damaged_without_it_and_the_others_with_theirs() {
    vault.lose(client("192.0.2.1"));

    List<JsonNode> rows =
        get(AUDIT + "?from=" + (start + 1)).json().get("items").valueStream().toList();

    assertThat(rows).hasSize(5);
    assertThat(rows.stream().filter(row -> row.get("source_ip").isNull()))
        .singleElement()
        .satisfies(
            row -> assertThat(row.get("request_id").asString()).isEqualTo(creation.toString()));
  }

  @Test
  void filters_by_source_address_page_by_page() {
    JsonNode first = get(AUDIT + "?limit=2&source_ip=192.0.2.1&from=" + (start + 1)).json();
    JsonNode last =
        get(AUDIT
                + "?limit=9&source_ip=192.0.2.1&from=%d&cursor=%s"
                    .formatted(start + 1, first.get("next_cursor").asString()))
            .json();

    assertThat(first.get("items")).isEmpty();
    assertThat(last.get("items")).hasSize(1);
    assertThat(last.get("next_cursor").isNull()).isTrue();
  }

  @Test
  void has_one_row_for_each_request_newest_first() {
    assertThat(positions(Tenants.ADMIN, "")).containsExactly(8L, 7L, 6L, 4L, 1L);
    assertThat(positions(Tenants.ADMIN, "&order=desc")).containsExactly(8L, 7L, 6L, 4L, 1L);
    assertThat(positions(Tenants.ADMIN, "&order=asc")).containsExactly(1L, 4L, 6L, 7L, 8L);
  }

  @Test
  void keeps_to_the_callers_organization_and_projects() {
    assertThat(positions(Tenants.STRANGER, "")).containsExactly(5L);
    assertThat(positions(Tenants.SIBLING_AUDITOR, "")).containsExactly(4L);
    assertThat(positions(Tenants.AUDITOR, "")).containsExactly(8L, 7L, 6L, 4L, 1L);
    assertThat(positions(Tenants.STRANGER, "&resource_id=" + ours)).isEmpty();
    assertThat(get(AUDIT + "?request_id=" + UUID.randomUUID()).json().get("items")).isEmpty();
  }

  @Test
  void needs_a_permission_of_its_own() {
    for (String key : List.of(Tenants.READER, Tenants.SIBLING, Tenants.MASTER)) {
      world.sent.clear();
      Answer answer = call("GET", AUDIT, key, null);

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.json().get("details").get(0).get("action").asString()).isEqualTo("audit");
      assertThat(world.audited())
          .singleElement()
          .isInstanceOfSatisfying(
              RecordCallRefused.class,
              refused -> assertThat(refused.operation()).isEqualTo("ListAudit"));
    }
    assertThat(call("GET", AUDIT, Tenants.AUDITOR, null).status()).isEqualTo(200);
    assertThat(call("GET", "/keelson/v1/events", Tenants.AUDITOR, null).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "principal=SCWSOMEBODY000000000, 8 7 6 4 1",
    "principal=SCWNOBODY00000000000, ''",
    "action=CreateCluster, 4 1",
    "outcome=refused, 7",
    "outcome=success, 8 6 4 1",
    "resource_type=kube_pool, 6",
    "resource_type=kube_cluster&outcome=success&action=GetClusterKubeConfig, 8",
    "source_ip=192.0.2.4, 6",
    "q=KUBECONFIG, 8",
    "q=curl, ''",
    "source_ip=192.0.2.99, ''",
    "q=permission missing: write, 7",
    "q=%25, ''"
  })
  void filters(String query, String expected) {
    List<Long> wanted = new ArrayList<>();
    for (String each : expected.isEmpty() ? new String[0] : expected.split(" ")) {
      wanted.add(Long.valueOf(each));
    }
    assertThat(positions(Tenants.ADMIN, "&" + query.replace(" ", "%20"))).isEqualTo(wanted);
  }

  @Test
  void filters_by_resource() {
    assertThat(positions(Tenants.ADMIN, "&resource_id=" + pool)).containsExactly(6L);
    assertThat(positions(Tenants.ADMIN, "&resource_id=" + ours)).containsExactly(8L, 1L);
    assertThat(positions(Tenants.ADMIN, "&to=" + (start + 6))).containsExactly(4L, 1L);
    assertThat(positions(Tenants.ADMIN, "&to=" + Shelf.NOW.minusSeconds(1))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"asc", "desc"})
  void follows_cursors_to_the_end_while_new_ones_come(String order) {
    List<Long> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          get(AUDIT + ("?limit=2&order=" + order + "&from=" + (start + 1) + "&cursor=" + cursor))
              .json();
      page.get("items").forEach(item -> seen.add(item.get("position").asLong() - start));
      cursor = page.get("next_cursor").isNull() ? "" : page.get("next_cursor").asString();
      if (seen.size() == 2) {
        chronicle.write(
            Written.of("cluster.deletion-started", ours, "{}")
                .by(call(UUID.randomUUID(), "DeleteCluster", "192.0.2.7")));
      }
    } while (!cursor.isEmpty());

    if (order.equals("asc")) {
      assertThat(seen).containsExactly(1L, 4L, 6L, 7L, 8L, 10L);
    } else {
      assertThat(seen).containsExactly(8L, 7L, 6L, 4L, 1L);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, /limit",
    "order=up, /order",
    "outcome=perhaps, /outcome",
    "request_id=1, /request_id",
    "from=x, /from",
    "to=x, /to",
    "cursor=x, /cursor",
    "q=%00, /q",
    "principal=%00, /principal",
    "action=%00, /action",
    "resource_type=%00, /resource_type",
    "resource_id=%00, /resource_id",
    "source_ip=%00, /source_ip"
  })
  void refuses_a_bad_query(String query, String pointer) {
    Answer answer = get(AUDIT + "?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().get("errors").get(0).get("pointer").asString()).isEqualTo(pointer);
  }
}
