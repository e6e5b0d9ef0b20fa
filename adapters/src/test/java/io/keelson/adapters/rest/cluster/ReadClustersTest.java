package io.keelson.adapters.rest.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Rows;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.ClusterId;
import io.keelson.projections.status.ClusterStatus.Phase;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ReadClustersTest extends EdgeTest {
  private static final String CLUSTERS = K8S + "/clusters";

  private ClusterId create(String name) {
    return ClusterId.of(post(CLUSTERS, Bodies.named(name)).text("id"));
  }

  private void move(ClusterId id, Phase phase) {
    world.clusters.compute(id, (_, row) -> Rows.in(phase, Objects.requireNonNull(row)));
  }

  private List<String> names(String query) {
    Answer answer = get(CLUSTERS + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().get("clusters").valueStream().map(c -> c.get("name").asString()).toList();
  }

  @Test
  void shows_a_cluster_as_it_was_answered_when_it_was_created() {
    Answer created = post(CLUSTERS, Bodies.cluster());

    Answer answer = get(CLUSTERS + "/" + created.text("id"));

    assertThat(answer.body()).isEqualTo(created.body());
  }

  @Test
  void shows_a_group_of_nodes_once_there_is_a_control_plane() {
    ClusterId id = create("a");
    move(id, Phase.POOL_REQUIRED);

    Answer answer = get(CLUSTERS + "/" + id);

    assertThat(answer.text("status")).isEqualTo("pool_required");
    String group = answer.text("iam_nodes_group_id");
    assertThat(UUID.fromString(group)).isNotEqualTo(id.value());
    assertThat(get(CLUSTERS + "/" + id).text("iam_nodes_group_id")).isEqualTo(group);
  }

  @Test
  void finds_an_id_in_capitals_and_answers_in_lower_case() {
    String id = create("a").toString();

    assertThat(get(CLUSTERS + "/" + id.toUpperCase(Locale.ROOT)).text("id")).isEqualTo(id);
  }

  @Test
  void says_not_found_in_the_form_of_the_recordings() {
    String id = UUID.randomUUID().toString();

    Answer answer = get(CLUSTERS + "/" + id);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.body())
        .isEqualTo(
            "{\"message\":\"resource is not found\",\"resource\":\"cluster\",\"resource_id\":\""
                + id
                + "\",\"type\":\"not_found\"}");
  }

  @Test
  void does_not_show_a_cluster_in_another_region() {
    assertThat(get("/k8s/v1/regions/nl-ams/clusters/" + create("a")).status()).isEqualTo(404);
  }

  @Test
  void lists_nothing_as_an_empty_list() {
    assertThat(get(CLUSTERS).body()).isEqualTo("{\"total_count\":0,\"clusters\":[]}");
  }

  @Test
  void pages_with_every_page_full_but_the_last() {
    for (int i = 0; i < 23; i++) {
      create("c%02d".formatted(i));
    }

    assertThat(get(CLUSTERS).json().get("clusters")).hasSize(20);
    assertThat(get(CLUSTERS + "?page_size=0").json().get("clusters")).hasSize(20);
    assertThat(get(CLUSTERS + "?page=2").json().get("clusters")).hasSize(3);
    JsonNode third = get(CLUSTERS + "?page=3&page_size=10").json();
    assertThat(third.get("clusters")).hasSize(3);
    assertThat(third.get("total_count").asInt()).isEqualTo(23);
    assertThat(third.get("clusters").get(0).get("name").asString()).isEqualTo("c20");
    assertThat(get(CLUSTERS + "?page=4&page_size=10").json().get("clusters")).isEmpty();
    assertThat(get(CLUSTERS + "?page=2147483647&page_size=100").status()).isEqualTo(200);
  }

  @Test
  void filters_and_orders() {
    move(create("alpha"), Phase.READY);
    create("beta");
    post(
        CLUSTERS,
        Bodies.cluster(
            body ->
                body.put("name", "gamma")
                    .put("version", "1.39.6")
                    .put("type", "kapsule-dedicated-4")
                    .put("private_network_id", "00000000-0000-4000-8000-000000000001")));

    assertThat(names("?name=et")).containsExactly("beta");
    assertThat(names("?status=ready")).containsExactly("alpha");
    assertThat(names("?type=kapsule-dedicated-4")).containsExactly("gamma");
    assertThat(names("?version=1.39")).containsExactly("gamma");
    assertThat(names("?private_network_id=" + Bodies.NETWORK)).containsExactly("alpha", "beta");
    assertThat(names("?order_by=name_desc")).containsExactly("gamma", "beta", "alpha");
    assertThat(names("?project_id=" + Tenants.PROJECT)).hasSize(3);
    assertThat(names("?organization_id=" + Tenants.ORGANIZATION)).hasSize(3);
  }

  @Test
  void takes_zero_values_and_unknown_parameters_as_not_given() {
    create("alpha");

    assertThat(names("?status=unknown&name=&type=&project_id=&page_size=0&order_by=&moon=full"))
        .containsExactly("alpha");
  }

  @ParameterizedTest
  @CsvSource({
    "page=0, page, constraint",
    "page=-1, page, constraint",
    "page=two, page, format",
    "page=1.5, page, format",
    "page=99999999999, page, format",
    "page_size=101, page_size, constraint",
    "page_size=-1, page_size, constraint",
    "page_size=%00, page_size, format",
    "order_by=random, order_by, constraint",
    "order_by=NAME_ASC, order_by, constraint",
    "status=sunk, status, constraint",
    "project_id=x, project_id, format",
    "organization_id=1, organization_id, format",
    "private_network_id=%20, private_network_id, format",
    "name=%00, name, format",
    "type=a%1Bb, type, format",
    "version=%EF%BF%BF, version, format"
  })
  void refuses_a_bad_query(String query, String argument, String reason) {
    Answer answer = get(CLUSTERS + "?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("type")).isEqualTo("invalid_arguments");
    assertThat(answer.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo(argument);
    assertThat(answer.json().get("details").get(0).get("reason").asString()).isEqualTo(reason);
  }

  @Test
  void offers_later_patches_and_the_next_minor() {
    ClusterId id =
        ClusterId.of(
            post(CLUSTERS, Bodies.cluster(body -> body.put("version", "1.40.2"))).text("id"));

    JsonNode versions = get(CLUSTERS + "/" + id + "/available-versions").json();

    assertThat(versions.propertyNames()).containsExactly("versions");
    assertThat(versions.get("versions").valueStream().map(v -> v.get("name").asString()))
        .containsExactly("1.41.1", "1.40.3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kapsule", "multicloud"})
  void offers_larger_types_of_the_same_family(String family) {
    assertThat(targets(family))
        .containsExactly(
            family, family + "-dedicated-4", family + "-dedicated-8", family + "-dedicated-16");
    assertThat(targets(family + "-dedicated-4"))
        .containsExactly(family + "-dedicated-8", family + "-dedicated-16");
    assertThat(targets(family + "-dedicated-16")).isEmpty();
  }

  private List<String> targets(String type) {
    String id =
        post(
                CLUSTERS,
                Bodies.cluster(
                    body -> {
                      body.put("name", type).put("type", type);
                      if (type.startsWith("multicloud")) {
                        body.put("cni", "kilo").putNull("private_network_id");
                      }
                    }))
            .text("id");
    JsonNode answer = get(CLUSTERS + "/" + id + "/available-types").json();
    assertThat(answer.get("total_count").asInt()).isEqualTo(answer.get("cluster_types").size());
    return answer.get("cluster_types").valueStream().map(t -> t.get("name").asString()).toList();
  }

  @Test
  void lists_the_types_on_offer() {
    JsonNode answer = get(K8S + "/cluster-types").json();

    assertThat(answer.get("total_count").asInt()).isEqualTo(8);
    assertThat(answer.get("cluster_types").get(0).toString())
        .isEqualTo(
            "{\"name\":\"kapsule\",\"availability\":\"available\",\"max_nodes\":150,"
                + "\"commitment_delay\":\"0s\",\"sla\":0,\"resiliency\":\"standard\","
                + "\"memory\":4000000000,\"dedicated\":false,\"audit_logs_supported\":false,"
                + "\"max_etcd_size\":55000000,\"region\":\"\"}");
    assertThat(answer.get("cluster_types").get(1).toString())
        .isEqualTo(
            "{\"name\":\"kapsule-dedicated-4\",\"availability\":\"available\",\"max_nodes\":250,"
                + "\"commitment_delay\":\"2592000s\",\"sla\":99.5,"
                + "\"resiliency\":\"high_availability\",\"memory\":4000000000,\"dedicated\":true,"
                + "\"audit_logs_supported\":true,\"max_etcd_size\":200000000,\"region\":\"\"}");
    assertThat(get(K8S + "/cluster-types?page=2&page_size=5").json().get("cluster_types"))
        .hasSize(3);
  }
}
