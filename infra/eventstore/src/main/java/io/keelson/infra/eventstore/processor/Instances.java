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
 * Says that this instance lives, and knows who else does. Who is silent for too long has died; it
 * never takes anybody's work away by itself, since claims run out on their own.
 */
public final class Instances implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Instances.class);
  private static final Duration BEAT_EVERY = Duration.ofMillis(500);
  private static final Duration GONE_AFTER = Duration.ofSeconds(5);
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

  /** As long as the slowest need to be heard again after an outage that silenced all. */
  private static final Duration PATIENCE_AFTER_OUTAGE = Duration.ofSeconds(4);

  private final String name;
  private final Set<String> processors = ConcurrentHashMap.newKeySet();
  private final DedicatedConnection link;
  private final Semaphore wanted = new Semaphore(0);
  private final Thread heart;
  private volatile boolean left;
  private volatile List<Instance> live = List.of();
  private long lastBeat;
  private long patientUntil;

  /**
   * Not one of them yet.
   *
   * @param dataSource gives one connection for good: not a small pool
   * @param name differs between any two instances
   */
  public Instances(DataSource dataSource, String name, Clock clock) {
    this.name = name;
    this.link = new DedicatedConnection("instances", dataSource, clock);
    this.heart = Thread.ofPlatform().daemon().name("eventstore-instances").unstarted(this::run);
  }

  /** Becomes one of them; once. From here on others leave it its share of these processors. */
  public void join(Set<String> willing) {
    processors.addAll(willing);
    lastBeat = System.nanoTime();
    patientUntil = lastBeat;
    beat();
    heart.start();
  }

  /** Leaves the work for a processor to others. */
  public void withdrawFrom(String processor) {
    processors.remove(processor);
    wanted.release();
  }

  public String name() {
    return name;
  }

  /** Who lives, this instance included once it has joined; what was last known in an outage. */
  public List<Instance> live() {
    return live;
  }

  private void run() {
    while (!left) {
      try {
        wanted.tryAcquire(BEAT_EVERY.toNanos(), TimeUnit.NANOSECONDS);
        wanted.drainPermits();
        if (!left && !beat()) {
          TimeUnit.NANOSECONDS.sleep(link.pause().toNanos());
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private boolean beat() {
    try {
      List<Instance> seen =
          link.call(
              connection -> {
                InstanceTable.beat(connection, new Instance(name, processors));
                InstanceTable.removeDead(connection, FORGOTTEN_AFTER);
                return InstanceTable.live(connection, GONE_AFTER);
              });
      see(seen);
      return true;
    } catch (SQLException | RuntimeException e) {
      LOG.debug("no heartbeat", e); // the link has said so
      return false;
    }
  }

  /** Whoever was silent for as long as we could not hear them is not taken for dead at once. */
  private void see(List<Instance> seen) {
    long now = System.nanoTime();
    if (now - lastBeat > GONE_AFTER.toNanos() / 2) {
      patientUntil = now + PATIENCE_AFTER_OUTAGE.toNanos();
    }
    lastBeat = now;
    List<Instance> next =
        now - patientUntil < 0
            ? Stream.concat(seen.stream(), live.stream().filter(old -> !contains(seen, old)))
                .toList()
            : seen;
    if (!names(next).equals(names(live))) {
      LOG.info("instances that live: {}", names(next));
    }
    live = List.copyOf(next);
  }

  private static boolean contains(List<Instance> some, Instance other) {
    return names(some).contains(other.name());
  }

  private static List<String> names(List<Instance> some) {
    return some.stream().map(Instance::name).sorted().toList();
  }

  /** Is no longer one of them; the others need not wait for its silence. */
  public void leave() {
    left = true;
    wanted.release();
    try {
      heart.join(TimeUnit.SECONDS.toMillis(2));
      link.call(
          connection -> {
            InstanceTable.remove(connection, name);
            return true;
          });
    } catch (SQLException | RuntimeException e) {
      LOG.debug("could not say goodbye: the others notice by themselves", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    link.close();
    live = List.of();
  }

  /** As a death would look to the others. */
  @Override
  public void close() {
    left = true;
    link.close();
    heart.interrupt();
  }
}
