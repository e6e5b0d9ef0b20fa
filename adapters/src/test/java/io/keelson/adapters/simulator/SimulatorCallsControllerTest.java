package io.keelson.adapters.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.provisioning.Documents;
import io.keelson.adapters.provisioning.PooledDatabase;
import io.keelson.adapters.provisioning.SettableClock;
import io.keelson.commands.ClusterId;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.server.ResponseStatusException;

class SimulatorCallsControllerTest {

  private static final String ROUTE = "/keelson/v1/simulator/calls";

  private final DataSource database = PooledDatabase.of("simulator");
  private final ClusterId mine = Documents.newCluster();
  private final ClusterId foreign = Documents.newCluster();
  private final MockMvcTester http =
      MockMvcTester.of(
          new SimulatorCallsController(
              new SimulatorCalls(database),
              () -> mine::equals,
              (argument, help) ->
                  new ResponseStatusException(HttpStatus.BAD_REQUEST, argument + " " + help)));

  SimulatorCallsControllerTest() {
    try (Simulator simulator = new Simulator(database, new SettableClock())) {
      simulator.applyCluster(Documents.controlPlane(foreign, 1, 1), "foreign");
      simulator.applyCluster(Documents.controlPlane(mine, 4, 1), "a key");
      simulator.removeCluster(mine, "another key");
    }
  }

  @Test
  void a_caller_sees_the_calls_for_its_own_clusters() {
    assertThat(http.get().uri(ROUTE))
        .hasStatusOk()
        .hasContentType(MediaType.APPLICATION_JSON)
        .bodyJson()
        .isStrictlyEqualTo(
            """
            {"items": [
              {"at": "2026-03-01T12:00:00Z", "verb": "applyCluster", "cluster_id": "%1$s",
               "target": "control-plane", "generation": 4, "idempotency_key": "a key",
               "outcome": "accepted", "effects": 1},
              {"at": "2026-03-01T12:00:00Z", "verb": "removeCluster", "cluster_id": "%1$s",
               "target": "cluster", "generation": null, "idempotency_key": "another key",
               "outcome": "accepted", "effects": 1}],
             "next_cursor": null}
            """
                .formatted(mine));
  }

  @Test
  void a_foreign_cluster_is_as_if_it_were_not_there() {
    assertThat(http.get().uri(ROUTE + "?cluster_id=" + foreign))
        .hasStatusOk()
        .bodyJson()
        .isStrictlyEqualTo("{\"items\": [], \"next_cursor\": null}");
  }

  @Test
  void a_cursor_leads_to_what_follows() {
    assertThat(http.get().uri(ROUTE + "?limit=1"))
        .bodyJson()
        .extractingPath("$.next_cursor")
        .isEqualTo("2");
    assertThat(http.get().uri(ROUTE + "?limit=1&cursor=2"))
        .bodyJson()
        .extractingPath("$.items[0].verb")
        .isEqualTo("removeCluster");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=1001",
        "limit=many",
        "cursor=here",
        "cursor=-1",
        "cluster_id=nobody"
      })
  void a_bad_argument_is_named(String query) {
    String argument = query.substring(0, query.indexOf('='));

    assertThat(http.get().uri(ROUTE + "?" + query))
        .hasStatus(400)
        .satisfies(
            result ->
                assertThat(result.getResponse().getErrorMessage())
                    .startsWith(argument + " must be a "));
  }
}
