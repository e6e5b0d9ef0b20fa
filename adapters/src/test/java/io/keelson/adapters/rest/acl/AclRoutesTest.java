package io.keelson.adapters.rest.acl;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Rows;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.AclRule;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.AddAclRules;
import io.keelson.commands.cluster.ClusterCommand.DeleteAclRule;
import io.keelson.commands.cluster.ClusterCommand.SetAclRules;
import io.keelson.projections.status.ClusterStatus.Phase;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AclRoutesTest extends EdgeTest {
  private static final String TWO =
      "{\"acls\":[{\"ip\":\"192.0.2.0/24\",\"description\":\"office\"},"
          + "{\"scaleway_ranges\":true,\"description\":\"\"}]}";

  private ClusterId id = new ClusterId(new UUID(0, 0));
  private String path = "";

  @BeforeEach
  void create() {
    post(K8S + "/clusters", Bodies.cluster());
    id = world.clusters.keySet().iterator().next();
    path = K8S + "/clusters/" + id + "/acls";
    move(Phase.READY);
    world.sent.clear();
  }

  private void move(Phase phase) {
    world.clusters.compute(id, (_, row) -> Rows.in(phase, Objects.requireNonNull(row)));
  }

  private Answer delete(Object rule) {
    return call("DELETE", K8S + "/acls/" + rule, Tenants.ADMIN, null);
  }

  private static List<String> ips(Answer answer) {
    return answer.json().get("rules").valueStream().map(r -> r.path("ip").asString("")).toList();
  }

  private static List<String> ids(Answer answer) {
    return answer.json().get("rules").valueStream().map(r -> r.get("id").asString()).toList();
  }

  @Test
  void a_new_cluster_lets_everybody_in() {
    assertThat(get(path).body())
        .isEqualTo(
            "{\"rules\":[{\"id\":\"%s\",\"ip\":\"0.0.0.0/0\",\"description\":\"\","
                    .formatted(AclRule.initial(id).id())
                + "\"region\":\"\"}],\"total_count\":1}");
  }

  @Test
  void putting_rules_replaces_all_and_answers_in_the_order_of_the_request() {
    Answer answer =
        put(
            path,
            "{\"acls\":[{\"ip\":\"9.0.0.0/8\"},{\"scaleway_ranges\":true},{\"ip\":\"10.0.0.1\","
                + "\"description\":\"mine\",\"scaleway_ranges\":null}]}");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().propertyNames()).containsExactly("rules");
    assertThat(ips(answer)).containsExactly("9.0.0.0/8", "", "10.0.0.1/32");
    JsonNode rules = answer.json().get("rules");
    assertThat(rules.get(1).propertyNames())
        .containsExactly("id", "scaleway_ranges", "description", "region");
    assertThat(rules.get(1).get("scaleway_ranges").asBoolean()).isTrue();
    assertThat(rules.get(2).propertyNames()).containsExactly("id", "ip", "description", "region");
    assertThat(rules.get(2).get("description").asString()).isEqualTo("mine");
    assertThat(get(path).json().get("total_count").asInt()).isEqualTo(3);
  }

  @Test
  void are_listed_by_the_text_of_their_address() {
    put(
        path,
        "{\"acls\":[{\"scaleway_ranges\":true},{\"ip\":\"12.2.3.4/32\"},{\"ip\":\"2001:db8::/32\"},"
            + "{\"ip\":\"11.2.3.4/32\"},{\"ip\":\"1.2.3.7/32\"},{\"ip\":\"1.2.3.4/32\"}]}");

    assertThat(ips(get(path)))
        .containsExactly(
            "1.2.3.4/32", "1.2.3.7/32", "11.2.3.4/32", "12.2.3.4/32", "2001:db8::/32", "");
  }

  @Test
  void have_new_ids_each_time_that_they_are_put() {
    Answer first = put(path, TWO);
    Answer second = put(path, TWO);

    assertThat(ips(second)).isEqualTo(ips(first));
    assertThat(ids(second)).doesNotContainAnyElementsOf(ids(first));
    assertThat(ids(get(path))).containsExactlyElementsOf(ids(second));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '@',
      value = {"{\"acls\":null}", "{\"acls\":[]}", "{}"})
  void close_the_server_when_there_are_none(String body) {
    Answer answer = put(path, body);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"rules\":[]}");
    assertThat(get(path).body()).isEqualTo("{\"rules\":[],\"total_count\":0}");
    assertThat(world.sent(SetAclRules.class)).singleElement().matches(c -> c.rules().isEmpty());
  }

  @Test
  void adding_rules_answers_those_that_were_added() {
    Answer answer = post(path, TWO);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(ips(answer)).containsExactly("192.0.2.0/24", "");
    assertThat(ips(get(path))).containsExactly("0.0.0.0/0", "192.0.2.0/24", "");
    assertThat(ids(get(path))).containsAll(ids(answer));
    assertThat(world.sent(AddAclRules.class))
        .singleElement()
        .matches(c -> c.clusterId().equals(id) && c.rules().size() == 2);
  }

  @Test
  void adding_none_changes_nothing() {
    assertThat(post(path, "{\"acls\":null}").body()).isEqualTo("{\"rules\":[]}");
    assertThat(world.sent(ClusterCommand.class)).isEmpty();
  }

  @Test
  void can_be_deleted_one_by_one() {
    String rule = ids(post(path, TWO)).getFirst();

    Answer answer = delete(rule);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(ips(get(path))).containsExactly("0.0.0.0/0", "");
    assertThat(world.sent(DeleteAclRule.class))
        .singleElement()
        .matches(c -> c.clusterId().equals(id) && c.rule().toString().equals(rule));
    assertThat(delete(rule).body())
        .isEqualTo(
            "{\"message\":\"resource is not found\",\"resource\":\"acl\",\"resource_id\":\"%s\","
                    .formatted(rule)
                + "\"type\":\"not_found\"}");
  }

  @Test
  void are_shown_in_pages() {
    put(
        path,
        IntStream.range(0, 23)
            .mapToObj(i -> "{\"ip\":\"10.0.0." + i + "\"}")
            .collect(Collectors.joining(",", "{\"acls\":[", "]}")));

    assertThat(get(path).json().get("rules")).hasSize(20);
    assertThat(get(path + "?page=2").json().get("rules")).hasSize(3);
    assertThat(get(path + "?page=3").json().get("rules")).isEmpty();
    assertThat(get(path + "?page_size=100").json().get("rules")).hasSize(23);
    assertThat(get(path + "?page=2&page_size=22").json().get("total_count").asInt()).isEqualTo(23);
    assertThat(get(path + "?page=0").status()).isEqualTo(400);
    assertThat(get(path + "?page_size=101").status()).isEqualTo(400);
    assertThat(get(path + "?page=x").body()).contains("\"page\"").contains("format");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '@',
      value = {
        "{\"acls\":{}} | acls | format",
        "{\"acls\":\"0.0.0.0/0\"} | acls | format",
        "{\"acls\":[null]} | acls.0 | format",
        "{\"acls\":[\"0.0.0.0/0\"]} | acls.0 | format",
        "{\"acls\":[{}]} | acls.0.ip | required",
        "{\"acls\":[{\"ip\":null}]} | acls.0.ip | required",
        "{\"acls\":[{\"ip\":\"\"}]} | acls.0.ip | required",
        "{\"acls\":[{\"ip\":\"\",\"scaleway_ranges\":false}]} | acls.0.ip | required",
        "{\"acls\":[{\"ip\":7}]} | acls.0.ip | format",
        "{\"acls\":[{\"ip\":\"everybody\"}]} | acls.0.ip | format",
        "{\"acls\":[{\"ip\":\"192.0.2.0/33\"}]} | acls.0.ip | format",
        "{\"acls\":[{\"ip\":\"192.0.2.7/24\"}]} | acls.0.ip | format",
        "{\"acls\":[{\"ip\":\"2001:db8::1/32\"}]} | acls.0.ip | format",
        "{\"acls\":[{\"scaleway_ranges\":\"true\"}]} | acls.0.scaleway_ranges | format",
        "{\"acls\":[{\"ip\":\"192.0.2.1\",\"scaleway_ranges\":true}]} | acls.0.scaleway_ranges |"
            + " constraint",
        "{\"acls\":[{\"ip\":\"192.0.2.1\",\"description\":[]}]} | acls.0.description | format",
        "{\"acls\":[{\"ip\":\"192.0.2.1\",\"description\":\"\\u0000\"}]} | acls.0.description |"
            + " format",
        "{\"acls\":[{\"ip\":\"192.0.2.1\"},{\"ip\":\"192.0.2.1/32\"}]} | acls.1.ip | constraint",
        "{\"acls\":[{\"scaleway_ranges\":true},{\"scaleway_ranges\":true}]} |"
            + " acls.1.scaleway_ranges | constraint",
        "[] | body | format",
        "nothing | body | format"
      })
  void refuse_what_is_no_such_rule(String body, String argument, String reason) {
    for (String method : List.of("POST", "PUT")) {
      Answer answer = call(method, path, Tenants.ADMIN, body);

      assertThat(answer.status()).as(answer.body()).isEqualTo(400);
      assertThat(answer.text("type")).isEqualTo("invalid_arguments");
      JsonNode first = answer.json().get("details").get(0);
      assertThat(first.get("argument_name").asString()).isEqualTo(argument);
      assertThat(first.get("reason").asString()).isEqualTo(reason);
    }
    assertThat(world.sent).isEmpty();
  }

  @Test
  void say_which_network_an_address_lies_in() {
    assertThat(put(path, "{\"acls\":[{\"ip\":\"192.0.2.7/24\"}]}").body())
        .contains("its network is 192.0.2.0/24");
  }

  @Test
  void have_their_limits() {
    String many =
        IntStream.range(0, 101)
            .mapToObj(i -> "{\"ip\":\"10.0.0." + i + "\"}")
            .collect(Collectors.joining(",", "{\"acls\":[", "]}"));
    String described = "{\"acls\":[{\"ip\":\"10.0.0.1\",\"description\":\"%s\"}]}";

    assertThat(put(path, many).body()).contains("\"acls\"").contains("constraint");
    assertThat(put(path, described.formatted("d".repeat(2001))).body())
        .contains("acls.0.description")
        .contains("constraint");
    assertThat(world.sent).isEmpty();
    assertThat(put(path, described.formatted("d".repeat(2000))).status()).isEqualTo(200);
  }

  @Test
  void are_the_same_for_the_same_key() {
    Map<String, String> key = Map.of("Idempotency-Key", "k");
    Answer first = call("POST", path, Tenants.ADMIN, TWO, key);
    Answer second = call("POST", path, Tenants.ADMIN, TWO, key);
    Answer other = call("POST", path, Tenants.ADMIN, "{\"acls\":[{\"ip\":\"198.51.100.1\"}]}", key);

    assertThat(first.status()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.text("type")).isEqualTo("already_exists");
    assertThat(get(path).json().get("total_count").asInt()).isEqualTo(3);
    assertThat(ids(post(path, TWO))).doesNotContainAnyElementsOf(ids(first));
  }

  @Test
  void say_what_the_domain_refuses() {
    String rule = AclRule.initial(id).id().toString();
    world.refusal = new CommandRejected(Reason.INVALID, "two rules must not be alike", "acls");
    Answer invalid = post(path, TWO);
    world.refusal = new CommandRejected(Reason.NOT_FOUND, "gone", "acl_id");
    Answer gone = delete(rule);
    world.refusal = new CommandRejected(Reason.NOT_FOUND, "gone", "cluster_id");
    Answer noCluster = delete(rule);
    move(Phase.DELETING);
    world.refusal = new CommandRejected(Reason.BUSY, "goes", "cluster_id");
    List<Answer> busy = List.of(post(path, TWO), put(path, TWO), delete(rule));

    assertThat(invalid.status()).isEqualTo(400);
    assertThat(invalid.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo("acls");
    assertThat(gone.text("resource")).isEqualTo("acl");
    assertThat(gone.text("resource_id")).isEqualTo(rule);
    assertThat(noCluster.text("resource")).isEqualTo("cluster");
    assertThat(busy)
        .allMatch(answer -> answer.status() == 409)
        .allMatch(answer -> answer.text("resource").equals("cluster"))
        .allMatch(answer -> answer.text("current_state").equals("deleting"));
  }

  @Test
  void are_answered_even_while_nobody_can_read_them_yet() {
    world.stale = true;

    assertThat(ips(put(path, TWO))).containsExactly("192.0.2.0/24", "");
    assertThat(ips(post(path, TWO))).containsExactly("192.0.2.0/24", "");
    assertThat(delete(AclRule.initial(id).id()).status()).isEqualTo(204);
  }

  @Test
  void belong_to_a_cluster_in_their_region() {
    String elsewhere = path.replace("fr-par", "nl-ams");
    String missing = K8S + "/clusters/" + UUID.randomUUID() + "/acls";

    assertThat(get(elsewhere).status()).isEqualTo(404);
    assertThat(put(missing, TWO).status()).isEqualTo(404);
    assertThat(post(missing, TWO).status()).isEqualTo(404);
    assertThat(delete(UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(
            call(
                    "DELETE",
                    "/k8s/v1/regions/nl-ams/acls/" + AclRule.initial(id).id(),
                    Tenants.ADMIN,
                    null)
                .status())
        .isEqualTo(404);
    assertThat(world.sent(ClusterCommand.class)).isEmpty();
  }
}
