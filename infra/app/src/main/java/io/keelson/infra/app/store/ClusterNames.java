package io.keelson.infra.app.store;

import io.keelson.commands.DomainEvent;
import io.keelson.commands.ProjectId;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionFinished;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateStarted;
import io.keelson.infra.eventstore.reservation.NameReservation;
import io.keelson.infra.eventstore.reservation.NameReservations;
import java.util.List;

/**
 * Reserves the name of a cluster within its project: from the creation or renaming that introduces
 * the name until the next renaming or the deletion.
 */
public final class ClusterNames implements NameReservations {

  @Override
  public List<NameReservation> of(DomainEvent event) {
    if (event instanceof ClusterCreationStarted e) {
      return List.of(
          new NameReservation.Reserve(key(e.project(), e.spec().name()), e.clusterId().value()));
    }
    if (event instanceof ClusterUpdateStarted e) {
      return renamed(e);
    }
    if (event instanceof ClusterDeletionFinished e) {
      return List.of(
          new NameReservation.Release(key(e.project(), e.name()), e.clusterId().value()));
    }
    return List.of();
  }

  private static List<NameReservation> renamed(ClusterUpdateStarted e) {
    String before = e.before().name();
    String after = e.after().name();
    return before == null || after == null
        ? List.of()
        : List.of(
            new NameReservation.Reserve(key(e.project(), after), e.clusterId().value()),
            new NameReservation.Release(key(e.project(), before), e.clusterId().value()));
  }

  private static String key(ProjectId project, String name) {
    return "cluster-name/" + project + "/" + name;
  }
}
