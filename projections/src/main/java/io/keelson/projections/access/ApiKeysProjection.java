package io.keelson.projections.access;

import io.keelson.commands.access.AccessEvent;
import io.keelson.projections.Delivery;
import io.keelson.projections.EventBatches;
import java.util.List;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/**
 * Keeps the rows of organizations and their keys. All events of one organization must come in one
 * segment. It never sends a command and can always be rebuilt.
 */
@ProcessingGroup("access")
public final class ApiKeysProjection {

  private final AccessTables tables;
  private final EventBatches<AccessEvent> batches = new EventBatches<>("access", this::write);

  public ApiKeysProjection(AccessTables tables) {
    this.tables = tables;
  }

  @EventHandler
  public void on(AccessEvent event, DomainEventMessage<?> message) {
    batches.add(event, message);
  }

  @ResetHandler
  public void reset() {
    tables.keys.truncate();
    tables.organizations.truncate();
  }

  private void write(List<Delivery<AccessEvent>> batch) {
    tables.organizations.fold(
        batch,
        AccessEvent::organization,
        d -> Optional.of(OrganizationRow.first(d)),
        OrganizationRow::after);
    tables.keys.fold(
        batch.stream().filter(d -> ApiKeyRow.subject(d.event()).isPresent()).toList(),
        event -> ApiKeyRow.subject(event).orElseThrow(),
        ApiKeyRow::first,
        ApiKeyRow::after);
  }
}
