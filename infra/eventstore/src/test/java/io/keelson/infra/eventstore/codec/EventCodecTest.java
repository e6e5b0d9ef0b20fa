package io.keelson.infra.eventstore.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Lineage;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.Origin;
import io.keelson.commands.PoolId;
import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFinished;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class EventCodecTest {

  private static final String STORED =
      """
      {"node_id":"00000000-0000-0000-0000-000000000001",
       "cluster_id":"00000000-0000-0000-0000-000000000002",
       "pool":"00000000-0000-0000-0000-000000000003"}\
      """;

  private final EventCodec codec = new EventCodec();

  @Test
  void names_are_in_snake_case_and_ids_are_text() {
    NodeDeleted event = (NodeDeleted) decode(codec, "node.deleted", 1, STORED);

    assertThat(event.nodeId()).isEqualTo(NodeId.of("00000000-0000-0000-0000-000000000001"));
    assertThat(new String(codec.encode(event).payload(), UTF_8))
        .isEqualTo(STORED.replaceAll("\\s", ""));
  }

  @Test
  void an_unknown_type_or_revision_is_rejected_in_a_stream() {
    assertThatThrownBy(() -> decode(codec, "node.teleported", 1, "{}"))
        .isInstanceOf(NewerEvent.class)
        .hasMessageContaining("node.teleported revision 1");
    assertThatThrownBy(() -> decode(codec, "node.deleted", 2, STORED))
        .isInstanceOf(NewerEvent.class);
  }

  @Test
  void an_unknown_type_or_revision_is_passed_on_in_the_tail() {
    assertThat(codec.decodeOrUnknown("node.teleported", 1, bytes("{}")))
        .isInstanceOf(UnknownEvent.class);
    assertThat(codec.decodeOrUnknown("node.deleted", 2, bytes(STORED)))
        .isInstanceOf(UnknownEvent.class);
    assertThat(codec.decodeOrUnknown("node.deleted", 1, bytes(STORED)))
        .isInstanceOf(NodeDeleted.class);
  }

  @Test
  void a_missing_or_broken_component_is_never_replaced_by_a_default() {
    assertThatThrownBy(() -> decode(codec, "node.deleted", 1, "{}"))
        .isInstanceOf(UnreadableEvent.class)
        .isNotInstanceOf(NewerEvent.class);
    assertThatThrownBy(() -> decode(codec, "node.deleted", 1, "{\"node_id\":"))
        .isInstanceOf(UnreadableEvent.class);
    assertThatThrownBy(() -> codec.decodeOrUnknown("node.deleted", 1, bytes("nonsense")))
        .isInstanceOf(UnreadableEvent.class);
  }

  @Test
  void a_component_that_is_null_is_left_out() {
    OperationId run = new OperationId(UUID.randomUUID());
    PoolUpgradeFinished event =
        new PoolUpgradeFinished(
            new ClusterId(UUID.randomUUID()), new PoolId(UUID.randomUUID()), run, null);
    byte[] payload = codec.encode(event).payload();

    assertThat(new String(payload, UTF_8)).doesNotContain("null");
    assertThat(codec.decode("pool.upgrade-finished", 1, payload)).isEqualTo(event);
  }

  @Test
  void upcasters_are_chained_up_to_the_known_revision() {
    EventCodec upcasting =
        new EventCodec(
            List.of(
                new Upcaster(
                    "node.deleted", -1, json -> ((ObjectNode) json).put("node", text(json, "n"))),
                new Upcaster(
                    "node.deleted",
                    0,
                    json ->
                        ((ObjectNode) json)
                            .put("node_id", text(json, "node"))
                            .put("cluster_id", text(json, "c"))
                            .put("pool", text(json, "p")))));
    String first =
        """
        {"n":"00000000-0000-0000-0000-000000000001","c":"00000000-0000-0000-0000-000000000002",
         "p":"00000000-0000-0000-0000-000000000003"}\
        """;

    assertThat(decode(upcasting, "node.deleted", -1, first))
        .isEqualTo(decode(codec, "node.deleted", 1, STORED));
    assertThatThrownBy(() -> decode(upcasting, "node.deleted", -2, first))
        .isInstanceOf(UnreadableEvent.class)
        .hasMessageContaining("no upcaster");
  }

  @Test
  void two_upcasters_from_one_revision_are_rejected() {
    Upcaster upcaster = new Upcaster("node.deleted", 1, json -> json);

    assertThatThrownBy(() -> new EventCodec(List.of(upcaster, upcaster)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void metadata_is_read_as_it_was_written() {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    Origin requested =
        Origin.request(
            "SCW0123456789ABCDEFG",
            UUID.randomUUID(),
            new Origin.Call(
                "CreateCluster",
                SecretRef.of(
                    SecretSubject.principal("SCW0123456789ABCDEFG"), "AAAAAAAAAAAAAAAAAAAAAA")),
            trace);
    Origin followed =
        requested.causedBy(UUID.randomUUID(), "processes", new OperationId(UUID.randomUUID()));
    Origin reported =
        Origin.reported(
            "producer:local",
            new Origin.Cause("/monitoring", "17"),
            Instant.parse("2026-11-01T10:00:00.123456Z"),
            trace);

    for (Origin origin : List.of(requested, followed, reported)) {
      Map<String, Object> read = codec.decodeMetadata(codec.encodeMetadata(origin.toMetadata()));
      assertThat(Origin.of(read)).isEqualTo(origin);
    }
  }

  @Test
  void metadata_lacks_what_follows_from_the_cause() {
    UUID request = UUID.randomUUID();
    SecretRef client =
        SecretRef.of(SecretSubject.principal("SCW0123456789ABCDEFG"), "AAAAAAAAAAAAAAAAAAAAAA");
    Origin requested =
        Origin.request(
            "SCW0123456789ABCDEFG", request, new Origin.Call("CreateCluster", client), null);
    Origin observed = Origin.system("observer", Origin.OBSERVATIONS, "a cluster/7");
    Origin inRun =
        observed.within(
            new OperationId(UUID.randomUUID()), new Lineage("SCW0123456789ABCDEFG", request, null));

    assertThat(requested.toMetadata())
        .containsOnlyKeys("initiator", "request_id", "action", "client");
    assertThat(requested.requestId()).isEqualTo(request.toString());
    assertThat(observed.toMetadata()).containsOnlyKeys("initiator", "observation_id");
    assertThat(inRun.toMetadata()).containsEntry("correlation_id", request.toString());
    for (Origin origin : List.of(requested, observed, inRun)) {
      assertThat(Origin.of(origin.toMetadata())).isEqualTo(origin);
    }
  }

  @Test
  void metadata_of_an_event_of_a_run_lacks_that_run() {
    String run = UUID.randomUUID().toString();
    String other = UUID.randomUUID().toString();
    for (String operation : List.of(run, other)) {
      Map<String, Object> metadata = Map.of("operation_id", operation, "cause_id", "7");
      byte[] stored = codec.encodeMetadata("operation", run, metadata);

      assertThat(new String(stored, UTF_8).contains("operation_id"))
          .isEqualTo(operation.equals(other));
      assertThat(codec.decodeMetadata("operation", run, stored)).isEqualTo(metadata);
    }
    Map<String, Object> ofNode = Map.of("operation_id", run);
    assertThat(codec.decodeMetadata("node", run, codec.encodeMetadata("node", run, ofNode)))
        .isEqualTo(ofNode);
    assertThat(codec.decodeMetadata("node", run, codec.encodeMetadata("node", run, Map.of())))
        .isEmpty();
  }

  @Test
  void only_what_a_call_does_directly_belongs_to_its_trace_and_has_its_request_id() {
    UUID request = UUID.randomUUID();
    Origin requested =
        Origin.request(
            "SCW0123456789ABCDEFG",
            request,
            new Origin.Call(
                "CreateCluster",
                SecretRef.of(
                    SecretSubject.principal("SCW0123456789ABCDEFG"), "AAAAAAAAAAAAAAAAAAAAAA")),
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    Origin followed = requested.causedBy(UUID.randomUUID(), "processes", null);

    assertThat(followed.traceparent()).isNull();
    assertThat(followed.requestId()).isNull();
    assertThat(followed.correlationId()).isEqualTo(request);
  }

  private static String text(tools.jackson.databind.JsonNode json, String name) {
    return json.get(name).asString();
  }

  private static Object decode(EventCodec codec, String name, int revision, String payload) {
    return codec.decode(name, revision, bytes(payload));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
