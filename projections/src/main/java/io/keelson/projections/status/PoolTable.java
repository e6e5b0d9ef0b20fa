package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.PoolId;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterLifeEvent;
import io.keelson.projections.Delivery;
import io.keelson.projections.Page;
import io.keelson.projections.Rows;
import io.keelson.projections.Scope;
import io.keelson.projections.status.Statuses.Order;
import io.keelson.projections.status.Statuses.PoolFilter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The SQL of {@code readmodel.pool}. Deleted pools stay in it and are never shown. */
final class PoolTable {

  private static final String ONE =
      """
      select p.data from readmodel.pool p join readmodel.cluster c on c.id = p.cluster
      where p.id = :id and p.phase <> 'DELETED'
      and c.phase <> 'DELETED' and c.region = :region and %s
      """
          .formatted(ScopeSql.CONDITION);

  private static final String FILTERED =
      """
      select * from readmodel.pool
      where cluster = :cluster and phase <> 'DELETED'
      and (cast(:name as text) is null or strpos(name, :name) > 0)
      and (cast(:phase as text) is null or phase = :phase)
      """;

  final Rows<PoolId, PoolStatus> rows;

  PoolTable(DataSource database) {
    rows = new Rows<>(database, "readmodel.pool", PoolStatus.class);
  }

  private List<PoolStatus> of(Collection<ClusterId> clusters) {
    return clusters.isEmpty()
        ? List.of()
        : rows.select(
            "select data from readmodel.pool where cluster = any(cast(:clusters as uuid[]))",
            Map.of("clusters", Rows.array(clusters)));
  }

  /**
   * Folds events into every pool of their clusters: the deletion of a cluster names none of its
   * pools.
   *
   * @param clusters the rows of those clusters
   */
  void fold(List<Delivery<ClusterEvent>> events, Map<ClusterId, ClusterStatus> clusters) {
    List<Delivery<ClusterEvent>> relevant =
        events.stream().filter(PoolTable::affectsPools).toList();
    Map<PoolId, PoolStatus> stored =
        of(relevant.stream().map(d -> d.event().clusterId()).distinct().toList()).stream()
            .collect(Collectors.toMap(PoolStatus::id, p -> p));
    Map<PoolId, PoolStatus> pools = new HashMap<>(stored);
    for (Delivery<ClusterEvent> d : relevant) {
      ClusterStatus cluster = clusters.get(d.event().clusterId());
      if (cluster != null) {
        PoolFold.first(cluster.region(), d).ifPresent(p -> pools.putIfAbsent(p.id(), p));
        pools.replaceAll((_, p) -> p.cluster().equals(cluster.id()) ? PoolFold.after(p, d) : p);
      }
    }
    rows.saveNewer(stored, pools);
  }

  private static boolean affectsPools(Delivery<ClusterEvent> d) {
    return d.event() instanceof ClusterEvent.OfPool || d.event() instanceof ClusterLifeEvent;
  }

  Optional<PoolStatus> one(Scope scope, String region, PoolId id) {
    Map<String, @Nullable Object> params = ScopeSql.params(scope);
    params.put("region", region);
    params.put("id", id.value());
    return rows.selectOne(ONE, params);
  }

  Page<PoolStatus> page(ClusterId cluster, PoolFilter filter, Order order, Page.Request page) {
    Map<String, @Nullable Object> params = new HashMap<>();
    params.put("cluster", cluster.value());
    params.put("name", filter.name());
    params.put("phase", filter.phase() == null ? null : filter.phase().name());
    return Paging.page(rows, FILTERED, params, order, page);
  }
}
