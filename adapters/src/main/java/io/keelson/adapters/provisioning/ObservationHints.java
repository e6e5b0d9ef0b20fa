package io.keelson.adapters.provisioning;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.keelson.commands.provisioning.Changes;
import io.keelson.commands.provisioning.Cursor;
import io.keelson.commands.provisioning.Provisioning;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the change feed of the back end and triggers the observer of each changed cluster. It only
 * makes observers faster: each of them polls its cluster anyway, so a resync needs nothing more.
 */
public final class ObservationHints implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ObservationHints.class);
  private static final Duration WAIT = Duration.ofSeconds(5);

  private final Provisioning provisioning;
  private final SchedulerClient scheduler;
  private final Clock clock;
  private final Runnable wake;
  private final Thread reader;

  /**
   * Begins at once.
   *
   * @param wake makes the scheduler poll for due tasks
   */
  public ObservationHints(
      Provisioning provisioning, SchedulerClient scheduler, Clock clock, Runnable wake) {
    this.provisioning = provisioning;
    this.scheduler = scheduler;
    this.clock = clock;
    this.wake = wake;
    this.reader = Thread.ofPlatform().daemon().name("provisioning-changes").start(this::follow);
  }

  private void follow() {
    Cursor cursor = Cursor.START;
    while (!Thread.currentThread().isInterrupted()) {
      Changes changes = provisioning.changes(cursor, WAIT);
      trigger(changes);
      cursor = changes.next();
    }
  }

  private void trigger(Changes changes) {
    try {
      changes
          .clusters()
          .forEach(cluster -> ClusterObserver.nudge(scheduler, cluster, clock.instant()));
      if (!changes.clusters().isEmpty()) {
        wake.run();
      }
    } catch (RuntimeException e) {
      LOG.debug("the observers of {} clusters were not triggered", changes.clusters().size(), e);
    }
  }

  @Override
  public void close() {
    reader.interrupt();
  }
}
