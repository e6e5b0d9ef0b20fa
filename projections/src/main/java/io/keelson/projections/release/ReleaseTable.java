package io.keelson.projections.release;

import io.keelson.commands.release.Release;
import io.keelson.commands.release.ReleaseId;
import io.keelson.projections.Rows;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The SQL of {@code readmodel.release}: read by callers, written only by the projection. */
public final class ReleaseTable implements Catalogue {

  final Rows<ReleaseId, ReleaseRow> rows;

  public ReleaseTable(DataSource database) {
    rows = new Rows<>(database, "readmodel.release", ReleaseRow.class);
  }

  @Override
  public List<Release> releases() {
    return rows.select("select data from readmodel.release", Map.of()).stream()
        .map(ReleaseRow::release)
        .sorted(Comparator.comparing(Release::version).reversed())
        .toList();
  }
}
