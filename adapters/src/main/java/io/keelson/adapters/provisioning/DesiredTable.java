package io.keelson.adapters.provisioning;

import io.keelson.commands.ClusterId;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionFinished;
import io.keelson.commands.operation.Target;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The desired states. It takes part in the caller's transaction. */
final class DesiredTable {

  private final JdbcClient jdbc;
  private final JsonMapper json = JsonMapper.builder().build();

  DesiredTable(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /** Changes what an event changes; the events of one cluster come in their order. */
  void fold(ClusterEvent event) {
    DesiredFold.target(event)
        .ifPresent(
            target -> {
              Desired before = find(event.clusterId(), target).orElse(null);
              Desired after = DesiredFold.after(before, event);
              if (after == null) {
                delete(event.clusterId(), target);
              } else if (!after.equals(before)) {
                save(event.clusterId(), target, after);
              }
            });
    if (event instanceof ClusterDeletionFinished) {
      delete(event.clusterId(), null);
    }
  }

  Optional<Desired> find(ClusterId cluster, Target target) {
    return jdbc.sql(
            "select document from provisioning.desired where cluster_id = :cluster and target ="
                + " :target")
        .param("cluster", cluster.value())
        .param("target", target.name())
        .query((row, _) -> (Desired) json.readValue(row.getString(1), Desired.type(target)))
        .optional();
  }

  private void save(ClusterId cluster, Target target, Desired desired) {
    jdbc.sql(
            """
            insert into provisioning.desired (cluster_id, target, document)
            values (:cluster, :target, :document::jsonb)
            on conflict (cluster_id, target) do update set document = excluded.document
            """)
        .param("cluster", cluster.value())
        .param("target", target.name())
        .param("document", json.writeValueAsString(desired))
        .update();
  }

  /**
   * Deletes a desired state.
   *
   * @param target null: all of the cluster
   */
  private void delete(ClusterId cluster, @Nullable Target target) {
    jdbc.sql(
            """
            delete from provisioning.desired
            where cluster_id = :cluster and target = coalesce(:target, target)
            """)
        .param("cluster", cluster.value())
        .param("target", target == null ? null : target.name())
        .update();
  }
}
