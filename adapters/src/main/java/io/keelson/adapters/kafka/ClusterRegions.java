package io.keelson.adapters.kafka;

import io.keelson.commands.ClusterId;
import io.keelson.commands.log.LogEntry;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The region of each cluster, read from the log alone. A read model may lag, and the same event
 * must always be published with the same region.
 */
final class ClusterRegions {

  private static final String BEGINNING = "cluster.creation-started";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JdbcClient sql;

  ClusterRegions(DataSource database) {
    sql = JdbcClient.create(database);
  }

  /**
   * The regions of the clusters that the entries are about, where they are known. A region that one
   * of the entries reports is stored before this method returns.
   */
  Map<ClusterId, String> of(List<LogEntry> entries) {
    entries.stream().filter(entry -> entry.type().equals(BEGINNING)).forEach(this::store);
    String clusters =
        entries.stream()
            .map(LogEntry::cluster)
            .filter(Objects::nonNull)
            .distinct()
            .map(Objects::toString)
            .collect(Collectors.joining(",", "{", "}"));
    Map<ClusterId, String> regions = new HashMap<>();
    sql.sql("select cluster, region from kafka.cluster_region where cluster = any(:clusters)")
        .param("clusters", clusters, Types.OTHER)
        .query(
            row -> {
              regions.put(
                  new ClusterId(row.getObject("cluster", UUID.class)), row.getString("region"));
            });
    return regions;
  }

  private void store(LogEntry entry) {
    JsonNode region = JSON.readTree(entry.data()).path("region");
    if (entry.cluster() == null || !region.isString()) {
      return;
    }
    sql.sql(
            """
            insert into kafka.cluster_region (cluster, region) values (:cluster, :region)
            on conflict do nothing
            """)
        .param("cluster", entry.cluster().value())
        .param("region", region.stringValue())
        .update();
  }
}
