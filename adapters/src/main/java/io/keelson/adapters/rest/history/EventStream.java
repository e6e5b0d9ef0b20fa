package io.keelson.adapters.rest.history;

import io.keelson.commands.OrganizationId;
import io.keelson.projections.Scope;
import io.keelson.projections.log.History;
import io.keelson.projections.log.History.Event;
import io.keelson.projections.log.History.Part;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One stream of one client, on a thread of its own: a client that does not take what is written
 * holds up nobody else, and is let go by the server's write time-out. Nothing is kept for it but
 * its place; whoever is cut off goes on from the last id.
 */
final class EventStream implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final int BATCH = 100;

  private final History history;
  private final Scope scope;
  private final Predicate<Event> shown;
  private final SseEmitter client;
  private final Duration heartbeat;
  private final BooleanSupplier allowed;
  private final Semaphore wanted = new Semaphore(0);
  private long after;
  private long lastBeat = System.nanoTime();
  private volatile boolean closed;

  /**
   * @param after the place after which it begins
   * @param shown what the client may see of what is in its scope
   * @param allowed asked at each heartbeat: whether the client may still have it
   */
  EventStream(
      History history,
      Scope scope,
      Predicate<Event> shown,
      long after,
      SseEmitter client,
      Duration heartbeat,
      BooleanSupplier allowed) {
    this.history = history;
    this.scope = scope;
    this.shown = shown;
    this.after = after;
    this.client = client;
    this.heartbeat = heartbeat;
    this.allowed = allowed;
  }

  OrganizationId organization() {
    return scope.organization();
  }

  /** There may be something new; never blocks. */
  void wake() {
    wanted.release();
  }

  /** Ends it after what is being written. */
  void close() {
    closed = true;
    wake();
  }

  @Override
  public void run() {
    try {
      // An id alone is no event, but the place from which a client that is cut off now goes on.
      client.send(SseEmitter.event().id(Long.toString(after)));
      while (!closed && beat()) {
        wanted.drainPermits();
        if (!sendNext()) {
          wanted.tryAcquire(untilBeat(), TimeUnit.NANOSECONDS);
        }
      }
      client.complete();
    } catch (IOException e) {
      LOG.debug("a client has left its stream: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      if (!closed) {
        LOG.info("a stream ends, its client may come again: {}", e.toString());
        client.complete();
      }
    }
  }

  /** Answers whether there may be more. */
  private boolean sendNext() throws IOException {
    Part<Event> part = history.openEvents(scope, after, BATCH);
    for (Event event : part.items()) {
      after = event.entry().position();
      if (!shown.test(event)) {
        continue;
      }
      client.send(
          SseEmitter.event()
              .id(Long.toString(after))
              .name(event.entry().type())
              .data(EventResponse.headOf(event), MediaType.APPLICATION_JSON));
      if (closed) {
        return true;
      }
    }
    after = part.next() == null ? after : part.next();
    return part.next() != null;
  }

  /** Shows from time to time that the stream lives; answers whether it may, since a key may end. */
  private boolean beat() throws IOException {
    if (untilBeat() > 0) {
      return true;
    }
    lastBeat = System.nanoTime();
    client.send(SseEmitter.event().comment(""));
    return allowed.getAsBoolean();
  }

  private long untilBeat() {
    return heartbeat.toNanos() - (System.nanoTime() - lastBeat);
  }
}
