package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.request.QueryArguments;
import io.keelson.commands.ProjectId;
import io.keelson.projections.Page;
import io.keelson.projections.status.ClusterStatus;
import io.keelson.projections.status.Statuses;
import io.keelson.projections.status.Statuses.ClusterFilter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The filter, the order and the page of a list of clusters. */
record ClusterQuery(
    @Nullable UUID project,
    @Nullable UUID organization,
    @Nullable String name,
    ClusterStatus.@Nullable Phase phase,
    @Nullable String type,
    @Nullable UUID privateNetwork,
    @Nullable String version,
    Statuses.Order order,
    Page.Request page) {

  static ClusterQuery read(QueryArguments query) {
    return new ClusterQuery(
        query.uuid("project_id"),
        query.uuid("organization_id"),
        query.text("name"),
        query.choice("status", ClusterStatus.Phase.class),
        query.text("type"),
        query.uuid("private_network_id"),
        query.text("version"),
        query.order(),
        query.page());
  }

  /** The filter for one project; null: for all projects of the caller. */
  ClusterFilter filter(@Nullable ProjectId own) {
    return new ClusterFilter(own, name, phase, type, privateNetwork, version);
  }
}
