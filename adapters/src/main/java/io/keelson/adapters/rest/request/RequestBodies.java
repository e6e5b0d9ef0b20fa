package io.keelson.adapters.rest.request;

import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.problem.Violation;
import io.keelson.adapters.rest.problem.Violation.Reason;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads bodies: one JSON object of at most 1 MiB. */
@Component
public class RequestBodies {
  private static final int MAX_BYTES = 1 << 20;
  private static final String BODY = "body";

  private final ObjectReader reader;

  public RequestBodies(JsonMapper mapper) {
    this.reader = mapper.reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
  }

  /** The arguments of the body; violations are added to {@code violations}. */
  public JsonArguments read(HttpServletRequest request, Violations violations) {
    if (!isJson(request.getContentType())) {
      throw invalid("Content-Type", Reason.CONSTRAINT, "must be application/json");
    }
    JsonNode node = parse(bytes(request));
    if (node.isMissingNode()) {
      throw invalid(BODY, Reason.REQUIRED, "is required");
    }
    if (!node.isObject()) {
      throw invalid(BODY, Reason.FORMAT, "must be a JSON object");
    }
    return new JsonArguments(node, "", violations);
  }

  private JsonNode parse(byte[] bytes) {
    try {
      return reader.readTree(bytes);
    } catch (StreamConstraintsException tooMuch) {
      throw invalid(BODY, Reason.CONSTRAINT, "is nested too deeply, or has too long a value");
    } catch (JacksonException malformed) {
      var place = malformed.getLocation();
      throw invalid(
          BODY,
          Reason.FORMAT,
          "is not JSON"
              + (place == null
                  ? ""
                  : ": line " + place.getLineNr() + ", column " + place.getColumnNr()));
    }
  }

  private static byte[] bytes(HttpServletRequest request) {
    try {
      byte[] bytes =
          request.getContentLengthLong() > MAX_BYTES
              ? new byte[MAX_BYTES + 1]
              : request.getInputStream().readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new Refused(
            Problem.invalidArguments(
                413,
                List.of(
                    new Violation(
                        BODY,
                        Reason.CONSTRAINT,
                        "must not be larger than " + MAX_BYTES + " bytes"))));
      }
      return bytes;
    } catch (IOException _) {
      throw invalid(BODY, Reason.FORMAT, "could not be read to its end");
    }
  }

  private static boolean isJson(@Nullable String contentType) {
    if (contentType == null || contentType.isBlank()) {
      return true;
    }
    try {
      MediaType type = MediaType.parseMediaType(contentType);
      return type.isCompatibleWith(MediaType.APPLICATION_JSON);
    } catch (InvalidMediaTypeException _) {
      return false;
    }
  }

  private static Refused invalid(String argument, Reason reason, String help) {
    return new Refused(Problem.invalidArgument(argument, reason, help));
  }
}
