package io.keelson.adapters.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.ClusterId;
import io.keelson.commands.provisioning.Changes;
import io.keelson.commands.provisioning.Cursor;
import io.keelson.commands.provisioning.Observation;
import io.keelson.commands.provisioning.Provisioning;
import java.time.Duration;

/** Reads the change feed for one cluster, and observes the cluster only when it is reported. */
public final class ChangeReader {

  private static final int MAX_READS = 100;
  private static final Duration WAIT = Duration.ofMillis(100);

  private final Provisioning provisioning;
  private final ClusterId cluster;
  private Cursor cursor;
  private Observation known;
  private int reports;

  /** Begins at the present. */
  public ChangeReader(Provisioning provisioning, ClusterId cluster) {
    this(provisioning, cluster, provisioning.changes(Cursor.START, Duration.ZERO).next());
    this.known = provisioning.observe(cluster);
  }

  /** Begins at a cursor, and knows nothing yet. */
  public ChangeReader(Provisioning provisioning, ClusterId cluster, Cursor cursor) {
    this.provisioning = provisioning;
    this.cluster = cluster;
    this.cursor = cursor;
    this.known = new Observation.Absent();
  }

  public Cursor cursor() {
    return cursor;
  }

  public Observation known() {
    return known;
  }

  /** How many responses have listed the cluster. */
  public int reports() {
    return reports;
  }

  /** Whether the cluster was reported within that time, while others may be. */
  public boolean waitForReport(Duration wait) {
    long deadline = System.nanoTime() + wait.toNanos();
    int before = reports;
    while (reports == before && System.nanoTime() < deadline) {
      read(WAIT);
    }
    return reports > before;
  }

  /** Whether there was something to read. */
  public boolean read(Duration wait) {
    Changes changes = provisioning.changes(cursor, wait);
    assertThat(changes.clusters()).doesNotHaveDuplicates();
    cursor = changes.next();
    if (changes.resync() || changes.clusters().contains(cluster)) {
      reports += changes.resync() ? 0 : 1;
      Observation now = provisioning.observe(cluster);
      known = now instanceof Observation.Unreachable ? known : now;
    }
    return changes.resync() || !changes.clusters().isEmpty();
  }

  /** Reads until the last observation is the present one; that may take a while. */
  public void assertUpToDate() {
    boolean more = true;
    while (more) {
      more = read(Duration.ZERO);
    }
    for (int i = 0; i < MAX_READS && !isUpToDate(); i++) {
      read(WAIT);
    }
    assertThat(isUpToDate())
        .as("known: %s, now: %s", known, provisioning.observe(cluster))
        .isTrue();
  }

  private boolean isUpToDate() {
    Observation now = provisioning.observe(cluster);
    return now instanceof Observation.Unreachable || now.equals(known);
  }
}
