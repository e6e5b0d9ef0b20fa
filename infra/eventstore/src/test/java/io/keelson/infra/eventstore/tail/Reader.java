package io.keelson.infra.eventstore.tail;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Follows the events with one way of reading and records what it saw, in order. */
abstract class Reader {

  /** An event that was seen. */
  record Sighting(long position, String id) {}

  static final int PAGE = 500;

  private final String name;
  private final SingleConnectionDataSource connection;
  private final Thread thread;
  private final List<Sighting> sightings = new ArrayList<>();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;
  private final AtomicLong polls = new AtomicLong();
  private volatile @Nullable Exception failure;

  Reader(String name, DataSource database) {
    this.name = name;
    this.connection = connectionTo(database);
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  static SingleConnectionDataSource connectionTo(DataSource database) {
    try {
      return new SingleConnectionDataSource(database.getConnection(), true);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads all events that it finds and reports them through {@link #saw}. */
  abstract void poll() throws Exception;

  void saw(long position, String id) {
    sightings.add(new Sighting(position, id));
    seen.add(id);
  }

  JdbcTemplate jdbc() {
    return new JdbcTemplate(connection);
  }

  DataSource connection() {
    return connection;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!stopped) {
        poll();
        polls.incrementAndGet();
        LockSupport.parkNanos(200_000);
      }
    } catch (Exception e) {
      failure = e;
    }
  }

  /** How often it has read every event that it finds. */
  long polls() {
    checkAlive();
    return polls.get();
  }

  boolean saw(String id) {
    checkAlive();
    return seen.contains(id);
  }

  private void checkAlive() {
    if (failure != null) {
      throw new IllegalStateException(name + " failed", failure);
    }
  }

  /** Stops it; only then the result is complete. */
  List<Sighting> stop() throws InterruptedException {
    stopped = true;
    thread.join(60_000);
    connection.destroy();
    return sightings;
  }

  /** How many of these events it never saw; prints the number. */
  long missed(Set<String> committed) {
    Set<String> missed = new HashSet<>(committed);
    missed.removeAll(seen);
    System.out.printf("tail: %s missed %d of %d%n", name, missed.size(), committed.size());
    return missed.size();
  }
}
