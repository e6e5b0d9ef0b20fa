package io.keelson.adapters.rest.history;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.commands.log.EventLog;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Streams public events as Server-Sent Events: the id is the log position, the event is the type,
 * the data are the event without its own data. A stream continues after {@code Last-Event-ID};
 * without one it begins at the head of the log.
 */
@RestController
@RequestMapping("/keelson/v1/stream")
public class StreamController implements Described {
  private static final String LAST_EVENT_ID = "Last-Event-ID";
  private static final Pattern POSITION = Pattern.compile("\\d{1,18}");

  private final EventStreams streams;
  private final EventLog log;

  public StreamController(EventStreams streams, EventLog log) {
    this.streams = streams;
    this.log = log;
  }

  @Override
  public void describe(Descriptions routes) {
    routes
        .header("streamEvents", LAST_EVENT_ID, POSITION)
        .problem("streamEvents", "too_many_requests");
  }

  @GetMapping
  @Nullable SseEmitter streamEvents(
      @RequestAttribute Caller caller, HttpServletRequest request, HttpServletResponse response) {
    Long last = lastEventId(request.getHeader(LAST_EVENT_ID));
    long head = log.head();
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader("X-Accel-Buffering", "no"); // stops proxies from buffering
    if (HttpMethod.HEAD.matches(request.getMethod())) {
      response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
      return null;
    }
    return streams.open(caller, last == null ? head : Math.min(last, head));
  }

  private static @Nullable Long lastEventId(@Nullable String header) {
    if (header == null || header.isEmpty()) {
      return null;
    }
    if (!POSITION.matcher(header).matches()) {
      throw new Refused(
          Problem.invalidArgument(LAST_EVENT_ID, Reason.FORMAT, "must be a log position"));
    }
    return Long.valueOf(header);
  }
}
