package io.keelson.infra.app.store;

import io.keelson.commands.DomainEvent;
import io.keelson.commands.ProjectId;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpdateStarted;
import io.keelson.infra.eventstore.Claim;
import io.keelson.infra.eventstore.Claims;
import java.util.List;

/**
 * Reserves the name of a cluster within its project: from the creation or renaming that introduces
 * the name until the next renaming or the deletion.
 */
public final class ClusterNames implements Claims {

  @Override
  public List<Claim> of(DomainEvent event) {
    if (event instanceof ClusterCreationStarted e) {
      return List.of(new Claim.Take(key(e.project(), e.spec().name()), e.clusterId().value()));
    }
    if (event instanceof ClusterUpdateStarted e) {
      return renamed(e);
    }
    if (event instanceof ClusterDeletionFinished e) {
      return List.of(new Claim.Release(key(e.project(), e.name()), e.clusterId().value()));
    }
    return List.of();
  }

  private static List<Claim> renamed(ClusterUpdateStarted e) {
    String before = key(e.project(), e.before().name());
    String after = key(e.project(), e.after().name());
    return before.equals(after)
        ? List.of()
        : List.of(
            new Claim.Take(after, e.clusterId().value()),
            new Claim.Release(before, e.clusterId().value()));
  }

  private static String key(ProjectId project, String name) {
    return "cluster-name/" + project + "/" + name;
  }
}
