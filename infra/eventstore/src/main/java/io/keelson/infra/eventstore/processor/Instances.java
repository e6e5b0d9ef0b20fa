package io.keelson.infra.eventstore.processor;

import io.keelson.infra.eventstore.connection.DedicatedConnection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the heartbeats of this instance, and knows which other instances are live. An instance
 * without a heartbeat for too long is dead. This class never takes over the work of another
 * instance: the leases of its tokens expire by themselves.
 */
public final class Instances implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Instances.class);
  private static final Duration HEARTBEAT_INTERVAL = Duration.ofMillis(500);
  private static final Duration DEAD_AFTER = Duration.ofSeconds(5);
  private static final Duration REMOVED_AFTER = Duration.ofMinutes(1);

  /** After an outage of the database, the slowest instance needs this long for a heartbeat. */
  private static final Duration GRACE_AFTER_OUTAGE = Duration.ofSeconds(4);

  private final String name;
  private final Set<String> processors = ConcurrentHashMap.newKeySet();
  private final DedicatedConnection connection;
  private final Semaphore requests = new Semaphore(0);
  private final Thread thread;
  private volatile boolean left;
  private volatile List<Instance> live = List.of();
  private long lastBeat;
  private long graceUntil;

  /**
   * An instance that has not joined yet.
   *
   * @param dataSource gives one connection that is never returned: not a small pool
   * @param name is unique per instance
   */
  public Instances(DataSource dataSource, String name, Clock clock) {
    this.name = name;
    this.connection = new DedicatedConnection("instances", dataSource, clock);
    this.thread = Thread.ofPlatform().daemon().name("eventstore-instances").unstarted(this::run);
  }

  /** Joins, once. From now on the other instances leave it its segments of these processors. */
  public void join(Set<String> worksFor) {
    processors.addAll(worksFor);
    lastBeat = System.nanoTime();
    graceUntil = lastBeat;
    beat();
    thread.start();
  }

  /** Leaves the work for a processor to other instances. */
  public void withdrawFrom(String processor) {
    processors.remove(processor);
    requests.release();
  }

  public String name() {
    return name;
  }

  /**
   * The live instances, this one included once it has joined; during an outage of the database, the
   * last ones that were known.
   */
  public List<Instance> live() {
    return live;
  }

  private void run() {
    while (!left) {
      try {
        requests.tryAcquire(HEARTBEAT_INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
        requests.drainPermits();
        if (!left && !beat()) {
          TimeUnit.NANOSECONDS.sleep(connection.backoff().toNanos());
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private boolean beat() {
    try {
      List<Instance> seen =
          connection.call(
              opened -> {
                InstanceTable.beat(opened, new Instance(name, processors));
                InstanceTable.removeDead(opened, REMOVED_AFTER);
                return InstanceTable.live(opened, DEAD_AFTER);
              });
      update(seen);
      return true;
    } catch (SQLException | RuntimeException e) {
      LOG.debug("no heartbeat", e); // the connection has logged the outage
      return false;
    }
  }

  /** An instance is not dead when its heartbeats are missing only since our own outage. */
  private void update(List<Instance> seen) {
    long now = System.nanoTime();
    if (now - lastBeat > DEAD_AFTER.toNanos() / 2) {
      graceUntil = now + GRACE_AFTER_OUTAGE.toNanos();
    }
    lastBeat = now;
    List<Instance> next =
        now - graceUntil < 0
            ? Stream.concat(seen.stream(), live.stream().filter(old -> !contains(seen, old)))
                .toList()
            : seen;
    if (!names(next).equals(names(live))) {
      LOG.info("live instances: {}", names(next));
    }
    live = List.copyOf(next);
  }

  private static boolean contains(List<Instance> some, Instance other) {
    return names(some).contains(other.name());
  }

  private static List<String> names(List<Instance> some) {
    return some.stream().map(Instance::name).sorted().toList();
  }

  /** Leaves, so that the others do not have to wait until its heartbeat is too old. */
  public void leave() {
    left = true;
    requests.release();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(2));
      connection.call(
          opened -> {
            InstanceTable.remove(opened, name);
            return true;
          });
    } catch (SQLException | RuntimeException e) {
      LOG.debug("could not remove this instance: the others detect its end by themselves", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connection.close();
    live = List.of();
  }

  /** Stops without leaving: to the others this is a crash. */
  @Override
  public void close() {
    left = true;
    connection.close();
    thread.interrupt();
  }
}
