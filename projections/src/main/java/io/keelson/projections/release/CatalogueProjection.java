package io.keelson.projections.release;

import io.keelson.commands.release.ReleaseEvent;
import io.keelson.projections.Delivery;
import io.keelson.projections.EventBatches;
import java.util.List;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/** Keeps the rows of releases. It never sends a command and can always be rebuilt. */
@ProcessingGroup("catalogue")
public final class CatalogueProjection {

  private final ReleaseTable table;
  private final EventBatches<ReleaseEvent> batches = new EventBatches<>("catalogue", this::write);

  public CatalogueProjection(ReleaseTable table) {
    this.table = table;
  }

  @EventHandler
  public void on(ReleaseEvent event, DomainEventMessage<?> message) {
    batches.add(event, message);
  }

  @ResetHandler
  public void reset() {
    table.rows.truncate();
  }

  private void write(List<Delivery<ReleaseEvent>> batch) {
    table.rows.fold(
        batch, ReleaseEvent::stream, d -> Optional.of(ReleaseRow.first(d)), ReleaseRow::after);
  }
}
