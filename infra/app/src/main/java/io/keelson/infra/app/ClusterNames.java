package io.keelson.infra.app;

import io.keelson.commands.DomainEvent;
import io.keelson.commands.ProjectId;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpdateStarted;
import io.keelson.infra.eventstore.reservation.NameReservation;
import io.keelson.infra.eventstore.reservation.NameReservations;
import java.util.List;

/**
 * The name of a cluster is unique in its project, from its creation or the change that gave it to
 * it, until another change or its end.
 */
final class ClusterNames implements NameReservations {

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
    String before = key(e.project(), e.before().name());
    String after = key(e.project(), e.after().name());
    return before.equals(after)
        ? List.of()
        : List.of(
            new NameReservation.Reserve(after, e.clusterId().value()),
            new NameReservation.Release(before, e.clusterId().value()));
  }

  private static String key(ProjectId project, String name) {
    return "cluster-name/" + project + "/" + name;
  }
}
