package io.keelson.adapters.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Rows;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.AclRule;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.commands.access.CallCommand.RecordCallRefused;
import io.keelson.commands.access.CallId;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.operation.OperationKind;
import io.keelson.projections.status.ClusterStatus;
import io.keelson.projections.status.NodeStatus;
import io.keelson.projections.status.OperationStatus;
import io.keelson.projections.status.PoolStatus;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;

/** Every route, and everybody who may not use it. */
class AccessInterceptorTest extends EdgeTest {

  /**
   * One route.
   *
   * @param path with {@code {cluster}}, {@code {pool}}, {@code {node}}, {@code {acl}}, {@code
   *     {operation}}
   * @param permission that it needs
   * @param resource what a 404 of it is about; empty: it is about nothing single
   */
  record Route(
      String method,
      String path,
      @Nullable String body,
      String operation,
      String permission,
      String resource) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private static final String CLUSTER = K8S + "/clusters/{cluster}";
  private static final String POOL = K8S + "/pools/{pool}";
  private static final String NODE = K8S + "/nodes/{node}";

  static Stream<Route> routes() {
    return Stream.of(
        new Route("GET", K8S + "/clusters", null, "ListClusters", "read", ""),
        new Route("POST", K8S + "/clusters", Bodies.named("new"), "CreateCluster", "write", ""),
        new Route("GET", CLUSTER, null, "GetCluster", "read", "cluster"),
        new Route("DELETE", CLUSTER, null, "DeleteCluster", "write", "cluster"),
        new Route("GET", CLUSTER + "/pools", null, "ListPools", "read", "cluster"),
        new Route(
            "POST",
            CLUSTER + "/pools",
            "{\"name\":\"mole\",\"node_type\":\"DEV1-M\",\"size\":1}",
            "CreatePool",
            "write",
            "cluster"),
        new Route("GET", CLUSTER + "/nodes", null, "ListNodes", "read", "cluster"),
        new Route(
            "GET",
            CLUSTER + "/available-versions",
            null,
            "ListClusterAvailableVersions",
            "read",
            "cluster"),
        new Route(
            "GET",
            CLUSTER + "/available-types",
            null,
            "ListClusterAvailableTypes",
            "read",
            "cluster"),
        new Route(
            "GET", CLUSTER + "/kubeconfig", null, "GetClusterKubeConfig", "read_secret", "cluster"),
        new Route(
            "GET",
            CLUSTER + "/kubeconfig?redacted=true",
            null,
            "GetClusterKubeConfig",
            "read",
            "cluster"),
        new Route("GET", POOL, null, "GetPool", "read", "pool"),
        new Route("PATCH", POOL, "{\"size\":2}", "UpdatePool", "write", "pool"),
        new Route("DELETE", POOL, null, "DeletePool", "write", "pool"),
        new Route("PUT", POOL + "/set-labels", "{\"labels\":{}}", "SetPoolLabels", "write", "pool"),
        new Route("PUT", POOL + "/set-taints", "{\"taints\":[]}", "SetPoolTaints", "write", "pool"),
        new Route(
            "PUT",
            POOL + "/set-startup-taints",
            "{\"startup_taints\":[]}",
            "SetPoolStartupTaints",
            "write",
            "pool"),
        new Route("PATCH", CLUSTER, "{}", "UpdateCluster", "write", "cluster"),
        new Route(
            "POST",
            CLUSTER + "/upgrade",
            "{\"version\":\"1.41.1\"}",
            "UpgradeCluster",
            "write",
            "cluster"),
        new Route(
            "POST",
            CLUSTER + "/set-type",
            "{\"type\":\"kapsule-dedicated-4\"}",
            "SetClusterType",
            "write",
            "cluster"),
        new Route("GET", CLUSTER + "/acls", null, "ListClusterACLRules", "read", "cluster"),
        new Route(
            "POST",
            CLUSTER + "/acls",
            "{\"acls\":[{\"ip\":\"192.0.2.0/24\"}]}",
            "AddClusterACLRules",
            "write",
            "cluster"),
        new Route(
            "PUT", CLUSTER + "/acls", "{\"acls\":null}", "SetClusterACLRules", "write", "cluster"),
        new Route("DELETE", K8S + "/acls/{acl}", null, "DeleteACLRule", "write", "acl"),
        new Route(
            "POST",
            CLUSTER + "/reset-admin-token",
            "{}",
            "ResetClusterAdminToken",
            "write",
            "cluster"),
        new Route(
            "POST",
            CLUSTER + "/migrate-pools-to-new-images",
            "{}",
            "MigratePoolsToNewImages",
            "write",
            "cluster"),
        new Route(
            "POST",
            CLUSTER + "/migrate-to-private-network",
            "{\"private_network_id\":\"" + Bodies.NETWORK + "\"}",
            "MigrateToPrivateNetworkCluster",
            "write",
            "cluster"),
        new Route(
            "POST",
            CLUSTER + "/migrate-to-routed-ips",
            "{}",
            "MigrateClusterToRoutedIPs",
            "write",
            "cluster"),
        new Route(
            "POST",
            CLUSTER + "/migrate-to-sbs-csi",
            "{}",
            "MigrateClusterToSBSCSI",
            "write",
            "cluster"),
        new Route(
            "POST", POOL + "/upgrade", "{\"version\":\"1.40.3\"}", "UpgradePool", "write", "pool"),
        new Route("GET", POOL + "/user-data/cloud-init", null, "GetUserData", "read", "pool"),
        new Route("GET", NODE, null, "GetNode", "read", "node"),
        new Route("POST", NODE + "/reboot", "{}", "RebootNode", "write", "node"),
        new Route("POST", NODE + "/replace", "{}", "ReplaceNode", "write", "node"),
        new Route("DELETE", NODE, null, "DeleteNode", "write", "node"),
        new Route(
            "GET",
            K8S + "/autoscaler/clusters/{cluster}/pools",
            null,
            "ListAutoscalerPools",
            "read",
            "cluster"),
        new Route(
            "GET",
            K8S + "/autoscaler/clusters/{cluster}/nodes",
            null,
            "ListAutoscalerNodes",
            "read",
            "cluster"),
        new Route(
            "PATCH",
            K8S + "/autoscaler/pools/{pool}",
            "{\"size\":2}",
            "UpdateAutoscalerPool",
            "write",
            "pool"),
        new Route(
            "DELETE",
            K8S + "/autoscaler/nodes/{node}",
            null,
            "DeleteAutoscalerNode",
            "write",
            "node"),
        new Route(
            "GET", CLUSTER + "/pools-autoscaler", null, "ListPoolsWithSpecs", "read", "cluster"),
        new Route("GET", K8S + "/versions", null, "ListVersions", "read", ""),
        new Route("GET", K8S + "/versions/1.40.3", null, "GetVersion", "read", ""),
        new Route("GET", K8S + "/cluster-types", null, "ListClusterTypes", "read", ""),
        new Route("GET", "/metadata", null, "GetMetadata", "read", ""),
        new Route("GET", "/keelson/v1/events", null, "ListEvents", "read", ""),
        new Route("GET", "/keelson/v1/audit", null, "ListAudit", "audit", ""),
        new Route("GET", "/keelson/v1/operations", null, "ListOperations", "read", ""),
        new Route(
            "GET",
            "/keelson/v1/operations/{operation}",
            null,
            "GetOperation",
            "read",
            "operation"));
  }

  static Stream<Route> routesAboutOneThing() {
    return routes().filter(route -> !route.resource.isEmpty());
  }

  static Stream<Route> routesOfTheKubernetesApi() {
    return routes().filter(route -> route.path.startsWith("/k8s/"));
  }

  private Map<String, String> ids = Map.of();

  @BeforeEach
  void make_one_of_everything() {
    ClusterId cluster = ClusterId.of(post(K8S + "/clusters", Bodies.cluster()).text("id"));
    world.pools.replaceAll((_, row) -> Rows.with(Map.of("cloud-init", "Yg=="), row));
    world.pools.replaceAll((_, row) -> Rows.in(PoolStatus.Phase.READY, "", row));
    PoolStatus pool = world.pools.values().iterator().next();
    NodeStatus node = Rows.node(pool, "n", NodePhase.READY, Map.of("Ready", "True"));
    world.nodes.put(node.id(), node);
    OperationStatus operation =
        Rows.operation(
            cluster, OperationKind.CREATE, OperationStatus.State.RUNNING, pool.createdAt());
    world.operations.put(operation.id(), operation);
    world.sent.clear();
    ids =
        Map.of(
            "{cluster}", cluster.toString(),
            "{pool}", pool.id().toString(),
            "{node}", node.id().toString(),
            "{acl}", AclRule.initial(cluster).id().toString(),
            "{operation}", operation.id().toString());
  }

  @ParameterizedTest
  @MethodSource("routes")
  void lets_a_good_key_through(Route route) {
    assertThat(call(route, Tenants.ADMIN).status()).isIn(200, 204);
    assertThat(world.audited()).noneMatch(RecordCallRefused.class::isInstance);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void denies_who_has_no_good_key(Route route) {
    Map<String, List<String>> denials =
        Map.of(
            "",
            List.of("unknown_method", "invalid_argument"),
            "letmein",
            List.of("api_key", "invalid_argument"),
            Tenants.ADMIN + "0",
            List.of("api_key", "invalid_argument"),
            UUID.randomUUID().toString(),
            List.of("api_key", "not_found"),
            Tenants.REVOKED,
            List.of("api_key", "not_found"),
            Tenants.EXPIRED,
            List.of("api_key", "expired"));
    denials.forEach(
        (key, why) -> {
          Answer answer = call(route, key.isEmpty() ? null : key);
          assertThat(answer.status()).as(key).isEqualTo(401);
          assertThat(answer.body()).contains(why.get(0), why.get(1));
          assertThat(answer.header("X-Request-Id")).isNotEmpty();
        });
    assertThat(world.sent).as("nobody known, nothing recorded").isEmpty();
  }

  @Test
  void denies_in_the_form_that_clients_know() {
    Answer answer = call("GET", K8S + "/clusters", null, null);

    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.body())
        .isEqualTo(
            "{\"message\":\"authentication is denied\",\"method\":\"unknown_method\","
                + "\"reason\":\"invalid_argument\",\"type\":\"denied_authentication\"}");
  }

  @Test
  void does_not_echo_a_key_that_it_does_not_know() {
    String key = UUID.randomUUID().toString();

    assertThat(call("GET", K8S + "/clusters", key, null).body()).doesNotContain(key);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void refuses_a_key_without_the_permission_and_records_it(Route route) {
    Answer answer = call(route, Tenants.NOTHING);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("\"action\":\"" + route.permission + "\"");
    assertThat(world.sent).singleElement().isInstanceOf(RecordCallRefused.class);
    RecordCallRefused recorded = (RecordCallRefused) world.audited().getFirst();
    assertThat(recorded.call())
        .isEqualTo(CallId.of(UUID.fromString(answer.header("X-Request-Id"))));
    assertThat(recorded.organization()).isEqualTo(Tenants.ORGANIZATION);
    assertThat(recorded.accessKey()).isEqualTo(tenants.accessKey(Tenants.NOTHING));
    assertThat(recorded.operation()).isEqualTo(route.operation);
    assertThat(recorded.permission()).isEqualTo(route.permission);
    assertThat(recorded.sourceIp()).isEqualTo("127.0.0.1");
    assertThat(recorded.userAgent()).startsWith("Java-http-client");
    if (route.path.contains("/clusters/{cluster}")) {
      assertThat(recorded.cluster()).isEqualTo(ClusterId.of(id("{cluster}")));
    } else {
      assertThat(recorded.cluster()).isNull();
    }
  }

  @Test
  void refuses_in_the_form_that_clients_know() {
    assertThat(call("GET", K8S + "/clusters", Tenants.NOTHING, null).body())
        .isEqualTo(
            "{\"details\":[{\"action\":\"read\",\"resource\":\"clusters\"}],"
                + "\"message\":\"insufficient permissions\",\"type\":\"permissions_denied\"}");
  }

  @ParameterizedTest
  @MethodSource("routes")
  void lets_a_reader_read_and_nothing_more(Route route) {
    assertThat(call(route, Tenants.READER).status())
        .isEqualTo(route.permission.equals("read") ? 200 : 403);
    assertThat(world.sent(ClusterCommand.class)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("routes")
  void lets_a_holder_of_secrets_read_secrets_and_nothing_more(Route route) {
    assertThat(call(route, Tenants.MASTER).status())
        .isEqualTo(route.permission.equals("read_secret") ? 200 : 403);
  }

  @ParameterizedTest
  @MethodSource("routesAboutOneThing")
  void hides_what_is_another_tenants_or_projects_as_if_it_did_not_exist(Route route) {
    String nothing = UUID.randomUUID().toString();
    for (String key : List.of(Tenants.STRANGER, Tenants.SIBLING)) {
      Answer foreign = call(route, key);
      Answer missing = call(route, key, nothing);

      assertThat(foreign.status()).isEqualTo(404);
      assertThat(missing.status()).isEqualTo(404);
      assertThat(anonymous(foreign)).isEqualTo(anonymous(missing));
      assertThat(foreign.body()).contains("\"resource\":\"" + route.resource + "\"");
    }
    assertThat(world.sent(ClusterCommand.class)).isEmpty();
  }

  @Test
  void does_not_record_another_tenants_cluster_with_a_refusal() {
    world.clusters.replaceAll(
        (_, row) ->
            new ClusterStatus(
                row.id(),
                row.version(),
                Tenants.OTHER_ORGANIZATION,
                Tenants.OTHER_PROJECT,
                row.region(),
                row.spec(),
                row.phase(),
                row.pools(),
                row.acl(),
                row.commitmentEndsAt(),
                row.upgrading(),
                row.message(),
                row.operation(),
                row.createdAt(),
                row.updatedAt()));

    assertThat(call("GET", path(CLUSTER), Tenants.NOTHING, null).status()).isEqualTo(403);
    assertThat(((RecordCallRefused) world.audited().getFirst()).cluster()).isNull();
  }

  @ParameterizedTest
  @MethodSource("routesOfTheKubernetesApi")
  void refuses_a_region_that_is_not_served(Route route) {
    String path = path(route.path).replace("/regions/fr-par/", "/regions/mo-on/");

    Answer answer = call(route.method, path, Tenants.ADMIN, route.body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("details").get(0).get("argument_name").asString())
        .isEqualTo("region");
  }

  @ParameterizedTest
  @MethodSource("routesAboutOneThing")
  void refuses_an_id_that_is_no_uuid(Route route) {
    for (String id : List.of("x", "1-1-1-1-1", "%20", "%F0%9F%92%A9", "0".repeat(36))) {
      Answer answer = call(route, Tenants.ADMIN, id);
      assertThat(answer.status()).as(id).isEqualTo(400);
      assertThat(answer.body()).contains(route.resource + "_id").contains("format");
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  void says_503_when_keys_cannot_be_looked_up(Route route) {
    tenants.failure = new DataAccessResourceFailureException("no connection");

    Answer answer = call(route, Tenants.ADMIN);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isNotEmpty();
    assertThat(answer.body()).contains("unavailable").doesNotContain("no connection");
  }

  @Test
  void refuses_nobody_without_a_record() {
    world.refusal = new StoreUnavailable("gone", new IllegalStateException());

    assertThat(call("GET", K8S + "/clusters", Tenants.NOTHING, null).status()).isEqualTo(503);
  }

  @Test
  void refuses_foreign_projects_and_organizations_alike_whether_they_exist_or_not() {
    String unknown = UUID.randomUUID().toString();
    List<Answer> answers =
        Stream.of(
                "project_id=" + Tenants.OTHER_PROJECT,
                "project_id=" + unknown,
                "organization_id=" + Tenants.OTHER_ORGANIZATION,
                "organization_id=" + unknown)
            .map(query -> get(K8S + "/clusters?" + query))
            .toList();

    assertThat(answers).allMatch(answer -> answer.status() == 403);
    assertThat(answers.stream().map(Answer::body).distinct()).hasSize(1);
    assertThat(world.audited()).hasSize(4).allMatch(RecordCallRefused.class::isInstance);
  }

  @Test
  void refuses_to_create_in_a_foreign_project_or_organization() {
    String unknown = UUID.randomUUID().toString();
    List<String> bodies =
        List.of(
            Bodies.cluster(b -> b.put("project_id", Tenants.OTHER_PROJECT.toString())),
            Bodies.cluster(b -> b.put("project_id", unknown)),
            Bodies.cluster(
                b -> {
                  b.remove("project_id");
                  b.put("organization_id", Tenants.OTHER_ORGANIZATION.toString());
                }));
    List<Answer> answers = bodies.stream().map(b -> post(K8S + "/clusters", b)).toList();

    assertThat(answers).allMatch(answer -> answer.status() == 403);
    assertThat(answers.stream().map(Answer::body).distinct()).hasSize(1);
    assertThat(world.sent(ClusterCommand.class)).isEmpty();
    assertThat(world.audited()).hasSize(3);
  }

  @Test
  void keeps_a_key_of_one_project_inside_it() {
    assertThat(call("POST", K8S + "/clusters", Tenants.SIBLING, Bodies.cluster()).status())
        .isEqualTo(403);
    assertThat(
            call(
                    "POST",
                    K8S + "/clusters",
                    Tenants.SIBLING,
                    Bodies.cluster(b -> b.put("project_id", Tenants.SIBLING_PROJECT.toString())))
                .status())
        .isEqualTo(200);
    assertThat(
            call("GET", K8S + "/clusters", Tenants.SIBLING, null).json().get("total_count").asInt())
        .isEqualTo(1);
  }

  private Answer call(Route route, @Nullable String key) {
    return call(route.method, path(route.path), key, route.body);
  }

  private Answer call(Route route, @Nullable String key, String id) {
    return call(route.method, route.path.replaceAll("\\{[a-z]+}", id), key, route.body);
  }

  private String path(String path) {
    String result = path;
    for (Map.Entry<String, String> id : ids.entrySet()) {
      result = result.replace(id.getKey(), id.getValue());
    }
    return result;
  }

  private String id(String name) {
    return path(name);
  }

  private static String anonymous(Answer answer) {
    return answer.body().replaceAll("[0-9a-f-]{36}", "id");
  }
}
