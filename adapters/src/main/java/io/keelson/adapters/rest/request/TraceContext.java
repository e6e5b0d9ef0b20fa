package io.keelson.adapters.rest.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace context of a call (W3C Trace Context): a new span in the caller's trace, or a new
 * trace. A malformed header is ignored, as the recommendation requires.
 */
public final class TraceContext {
  private static final String HEADER = "traceparent";
  private static final Pattern FORM =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-((?!0{32})[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?");
  private static final HexFormat HEX = HexFormat.of();

  private TraceContext() {}

  /** The {@code traceparent} of everything that the call causes. */
  public static String of(HttpServletRequest request) {
    return of(request.getHeader(HEADER));
  }

  static String of(@Nullable String header) {
    String text = header == null ? "" : header.strip();
    Matcher given = FORM.matcher(text);
    boolean known = given.matches() && (given.group(3) == null || !text.startsWith("00"));
    String trace = known ? given.group(1) : number() + number();
    String flags = known ? given.group(2) : "00";
    return "00-" + trace + "-" + number() + "-" + flags;
  }

  /** 16 hexadecimal digits, never all zero. */
  private static String number() {
    return HEX.toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
  }
}
