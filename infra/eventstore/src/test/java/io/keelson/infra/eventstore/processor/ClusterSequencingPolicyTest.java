package io.keelson.infra.eventstore.processor;

import static io.keelson.infra.eventstore.TestStore.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.access.AccessEvent.OrganizationOpened;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.infra.eventstore.codec.UnknownEvent;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.Test;

class ClusterSequencingPolicyTest {

  private final ClusterSequencingPolicy policy = new ClusterSequencingPolicy();

  @Test
  void events_about_a_cluster_are_kept_in_its_order_whatever_their_stream() {
    DomainEventMessage<?> event = message();

    assertThat(policy.getSequenceIdentifierFor(event))
        .isEqualTo(((NodeDeleted) event.getPayload()).clusterId().toString());
  }

  @Test
  void other_events_are_kept_in_the_order_of_their_stream() {
    OrganizationId organization = new OrganizationId(UUID.randomUUID());
    OrganizationOpened event =
        new OrganizationOpened(organization, "Harbour", new ProjectId(UUID.randomUUID()));

    assertThat(policy.getSequenceIdentifierFor(message(event, 0)))
        .isEqualTo(organization.toString());
  }

  @Test
  void an_unknown_event_is_kept_in_the_order_of_its_stream() {
    String stream = UUID.randomUUID().toString();
    DomainEventMessage<?> unknown =
        new GenericDomainEventMessage<>(
            "Node", stream, 0, new UnknownEvent("node.teleported", 1, new byte[0]), Map.of());

    assertThat(policy.getSequenceIdentifierFor(unknown)).isEqualTo(stream);
  }

  @Test
  void the_identifier_is_always_text() {
    assertThat(policy.getSequenceIdentifierFor(GenericEventMessage.asEventMessage("hm")))
        .isInstanceOf(String.class);
  }
}
